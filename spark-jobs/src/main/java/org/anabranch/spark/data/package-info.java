/**
 * Any Spark source or Hadoop file system becomes packed blocks of samples.
 *
 * <p>May import: Spark, Hadoop and the rooms of {@code anabranch-core}.
 */
@NullMarked
package org.anabranch.spark.data;

import org.jspecify.annotations.NullMarked;
