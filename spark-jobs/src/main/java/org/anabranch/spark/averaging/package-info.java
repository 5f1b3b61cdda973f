/**
 * Rounds of training on Spark: parameters go out, what blocks give comes back and is summed
 * exactly. Begin with {@link org.anabranch.spark.averaging.SparkRounds}.
 *
 * <p>Tasks are pure functions of (parameters, blocks), those with local steps of (parameters,
 * optimiser state, steps, blocks) too: ordinary stages, no barrier, no sockets, so a lost task is
 * simply run again. What a round costs beside its computation: {@code docs/rounds.md}.
 *
 * <p>May import: Spark, {@code spark.data} and the rooms of {@code anabranch-core}.
 */
@NullMarked
package org.anabranch.spark.averaging;

import org.jspecify.annotations.NullMarked;
