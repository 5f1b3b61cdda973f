/**
 * Random numbers as pure functions of named coordinates (seed, stream, sample, step, component).
 * There is no generator with a state, so a task that is run again draws the same bits.
 *
 * <p>May import: {@code graph}, {@code backend}.
 */
@NullMarked
package org.anabranch.random;

import org.jspecify.annotations.NullMarked;
