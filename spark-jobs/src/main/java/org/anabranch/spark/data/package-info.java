/**
 * Files become packed blocks of samples. Begin with {@link
 * org.anabranch.spark.data.PackedData#pack}: it takes a {@link org.anabranch.spark.data.CsvSource}
 * and gives the training and test blocks as persisted RDDs, the same blocks bit for bit for every
 * number of input splits and partitions.
 *
 * <p>May import: Spark (RDDs, no SQL), Hadoop and the rooms of {@code anabranch-core}.
 */
@NullMarked
package org.anabranch.spark.data;

import org.jspecify.annotations.NullMarked;
