/**
 * Rounds of training on Spark: parameters go out, what blocks give comes back and is summed
 * exactly.
 *
 * <p>May import: Spark, {@code spark.data} and the rooms of {@code anabranch-core}.
 */
@NullMarked
package org.anabranch.spark.averaging;

import org.jspecify.annotations.NullMarked;
