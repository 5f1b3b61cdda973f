/**
 * Gradients through a solve: the graph of one reverse step, and what is kept or recomputed on the
 * way back.
 *
 * <p>May import: the rooms from {@code graph} to {@code solver}.
 */
@NullMarked
package org.anabranch.gradient;

import org.jspecify.annotations.NullMarked;
