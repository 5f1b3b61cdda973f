/**
 * What users write: the vector field of a differential equation, as a graph.
 *
 * <p>May import: the rooms from {@code graph} to {@code random}.
 */
@NullMarked
package org.anabranch.field;

import org.jspecify.annotations.NullMarked;
