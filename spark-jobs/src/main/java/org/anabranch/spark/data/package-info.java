/**
 * Files become packed blocks of samples. Begin with {@link org.anabranch.spark.data.SourceInput}:
 * it opens a {@link org.anabranch.spark.data.Source} and packs it into {@link
 * org.anabranch.spark.data.PackedData}, the training and test blocks as RDDs: the same blocks bit
 * for bit for every number of input splits and partitions.
 *
 * <p>May import: Spark (SQL and Parquet only what reads tables, so that other runs do not load
 * them), Hadoop and the rooms of {@code anabranch-core}.
 */
@NullMarked
package org.anabranch.spark.data;

import org.jspecify.annotations.NullMarked;
