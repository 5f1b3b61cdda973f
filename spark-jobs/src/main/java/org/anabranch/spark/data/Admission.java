package org.anabranch.spark.data;

import java.util.List;
import java.util.stream.Collectors;

/** Whether what was read may be used. */
final class Admission {
  private static final int NAMED = 3;

  private final Source source;

  Admission(Source source) {
    this.source = source;
  }

  /**
   * @throws DataProblem if too many records are bad, or too few are good
   */
  void check(SplitReport report) {
    long bad = report.bad.total();
    long records = report.samples() + bad;
    if (bad > source.rules().maxBadFraction() * records) {
      throw tooMany(report.bad, records);
    }
    if (report.samples() == 0) {
      throw new DataProblem(
          "%s: no record can be used. Name a file with at least one record a class."
              .formatted(source.path()));
    }
    if (trainSamples(report) == 0) {
      throw new DataProblem(
          "%s: no samples are left for training (%d in all, %s of each class for testing and %s for validation)."
                  .formatted(
                      source.path(),
                      report.samples(),
                      source.rules().testFraction(),
                      source.rules().validationFraction())
              + " Lower data.test-fraction or data.validation-fraction.");
    }
  }

  private long trainSamples(SplitReport report) {
    return report.trainOfClass(source.rules()).stream().mapToLong(Long::longValue).sum();
  }

  private DataProblem tooMany(BadRecords bad, long records) {
    List<BadRecord> first = bad.first().subList(0, Math.min(NAMED, bad.first().size()));
    String named = first.stream().map(BadRecord::sentence).collect(Collectors.joining("; "));
    return new DataProblem(
        "%s: %d of %d records %s bad, more than the allowed share of %s (%s). First: %s. %s"
            .formatted(
                source.path(),
                bad.total(),
                records,
                bad.total() == 1 ? "is" : "are",
                source.rules().maxBadFraction(),
                bad.summary(),
                named,
                source.remedy(first.get(0))));
  }
}
