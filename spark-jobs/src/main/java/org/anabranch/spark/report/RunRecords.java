package org.anabranch.spark.report;

/** The names of the files of a run's folder that a page is made from, and of the page itself. */
public final class RunRecords {
  /** How the run stands, and how it ended. */
  public static final String SUMMARY = "summary.json";

  public static final String PROVENANCE = "provenance.json";

  /** A line a round and a line an evaluation. */
  public static final String METRICS = "metrics.jsonl";

  public static final String BAD_RECORDS = "bad-records.jsonl";

  /** The trace of what nobody expected. */
  public static final String FAILURE = "failure.txt";

  /** What the model makes of the test data: its mistakes, and who was mistaken for whom. */
  public static final String EVALUATION = "evaluation.json";

  /** A few test samples on their way through the flow. */
  public static final String TRAJECTORIES = "trajectories.json";

  /** What a model of paths is worth, with some that it draws and real ones. */
  public static final String PATHS = "paths.json";

  /** Where the time went, by executor and phase. */
  public static final String EXECUTION = "execution.json";

  /** The page. */
  public static final String REPORT = "report.html";

  private RunRecords() {}
}
