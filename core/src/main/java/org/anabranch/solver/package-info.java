/**
 * Methods that build the graph of one step from a field, the loop of steps from start to end, and
 * the outcome of each sample.
 *
 * <p>May import: the rooms from {@code graph} to {@code nn}.
 */
@NullMarked
package org.anabranch.solver;

import org.jspecify.annotations.NullMarked;
