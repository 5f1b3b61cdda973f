package org.anabranch.spark.data;

/** What a line, or the end of a split, gives. */
sealed interface Parsed permits Sample, BadRecord, SplitReport {}
