/**
 * Brownian motions as pure functions of seed, sample and interval, which the way back of a solve, a
 * task that runs again and another machine ask for the same bits. Begin with {@link
 * org.anabranch.control.brownian.BrownianMotion}.
 */
@NullMarked
package org.anabranch.control.brownian;

import org.jspecify.annotations.NullMarked;
