/**
 * Measurements: what {@code docs/} states is printed by a program here. The command line is {@link
 * org.anabranch.bench.BenchCommand}; what needs the kernels themselves stands in {@code
 * org.anabranch.backend.simd} of this module.
 *
 * <p>May import everything of {@code core}.
 */
@NullMarked
package org.anabranch.bench;

import org.jspecify.annotations.NullMarked;
