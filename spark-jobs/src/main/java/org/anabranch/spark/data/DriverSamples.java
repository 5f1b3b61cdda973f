package org.anabranch.spark.data;

import java.util.List;

/**
 * Samples in the memory of the driver, and what else was read with them. The list is not copied.
 */
record DriverSamples(List<Sample> samples, SplitReport report) {}
