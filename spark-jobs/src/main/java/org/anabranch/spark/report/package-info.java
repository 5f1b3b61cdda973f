/**
 * The page about a run: one HTML file that needs nothing else, put together from what the run's
 * folder holds, so that it can be made at any time. Begin with {@link
 * org.anabranch.spark.report.RunReport}.
 *
 * <p>May import: Spark, the rooms {@code spark.data} and {@code spark.averaging}, and those of
 * {@code anabranch-core}.
 */
@NullMarked
package org.anabranch.spark.report;

import org.jspecify.annotations.NullMarked;
