/**
 * The fast back end of the processor: vector kernels, with scalar kernels of the same bits where
 * the Vector API is absent. The only room that may import {@code jdk.incubator.vector}.
 *
 * <p>May import: {@code graph} and {@code backend}; no other back end.
 */
@NullMarked
package org.anabranch.backend.simd;

import org.jspecify.annotations.NullMarked;
