/**
 * Measurements: what {@code docs/} states is printed by a program here. Begin with {@link
 * org.anabranch.bench.MemoryTable}.
 *
 * <p>May import everything of {@code core}.
 */
@NullMarked
package org.anabranch.bench;

import org.jspecify.annotations.NullMarked;
