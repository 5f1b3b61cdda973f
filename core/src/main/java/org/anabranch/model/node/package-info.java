/**
 * The neural ordinary differential equation: a stem, a solve and a head.
 *
 * <p>May import: the rooms from {@code graph} to {@code train}.
 */
@NullMarked
package org.anabranch.model.node;

import org.jspecify.annotations.NullMarked;
