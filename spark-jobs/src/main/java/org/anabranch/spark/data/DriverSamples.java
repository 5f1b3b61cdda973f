package org.anabranch.spark.data;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Samples in the memory of the driver, and what else was read with them. The list is not copied.
 */
record DriverSamples(List<Sample> samples, SplitReport report) {
  /** Takes what is read: samples, and reports to be summed. */
  static DriverSamples of(Iterator<Parsed> records, PackingRules rules) {
    List<Sample> samples = new ArrayList<>();
    SplitReport report = SplitReport.none(rules.classes());
    while (records.hasNext()) {
      Parsed next = records.next();
      if (next instanceof Sample sample) {
        samples.add(sample);
      } else if (next instanceof SplitReport ofPart) {
        report = report.plus(ofPart);
      }
    }
    return new DriverSamples(samples, report);
  }

  DriverSamples plus(DriverSamples other) {
    List<Sample> both = new ArrayList<>(samples);
    both.addAll(other.samples);
    return new DriverSamples(both, report.plus(other.report));
  }
}
