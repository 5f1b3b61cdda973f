package org.anabranch.spark.job;

import java.util.List;
import org.anabranch.spark.report.RunRecords;

/**
 * The names of what a run writes into its folder: the only files that {@code --overwrite} deletes.
 */
final class RunFiles {
  /** How the run stands, and how it ended; written first, and kept longest. */
  static final String SUMMARY = RunRecords.SUMMARY;

  static final String PROVENANCE = RunRecords.PROVENANCE;
  static final String CONFIGURATION = "configuration.conf";
  static final String METRICS = RunRecords.METRICS;
  static final String MODEL = "model.json";
  static final String PARAMETERS = "parameters.safetensors";

  /** The network that samples pass before the model, if there is one. */
  static final String STEM = "stem.zip";

  static final String PATHS = RunRecords.PATHS;
  static final String BAD_RECORDS = RunRecords.BAD_RECORDS;
  static final String FAILURE = RunRecords.FAILURE;
  static final String REPORT = RunRecords.REPORT;
  static final String CHECKPOINTS = "checkpoint-";

  /** What marks a summary as ours. */
  static final String PROGRAM = "anabranch";

  private static final List<String> FIXED =
      List.of(
          PROVENANCE,
          CONFIGURATION,
          METRICS,
          MODEL,
          PARAMETERS,
          STEM,
          PATHS,
          BAD_RECORDS,
          FAILURE,
          RunRecords.EVALUATION,
          RunRecords.TRAJECTORIES,
          RunRecords.EXECUTION,
          REPORT);

  private RunFiles() {}

  /** Whether a run writes a file of this name, the summary apart. */
  static boolean isOfARun(String name) {
    return FIXED.contains(name) || (name.startsWith(CHECKPOINTS) && name.endsWith(".safetensors"));
  }
}
