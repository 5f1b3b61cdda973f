package org.anabranch.spark.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.anabranch.spark.job.TrainingConfiguration.Format;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Of commands that put the model of a run to use, on its own data or on others. */
final class ModelOptions {
  @Parameters(index = "0", paramLabel = "RUN", description = "the folder of the run")
  private String run = "";

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "the labels that belong to DATA (IDX)")
  private @Nullable String labels;

  @Option(names = "--master", paramLabel = "M", description = "where Spark runs")
  private @Nullable String master;

  /** A run and how it is to be read now. */
  record Chosen(RunConfiguration run, TrainingConfiguration configuration) {}

  /**
   * @param settings of the command line
   * @param data what is read in the place of the run's own; null for that
   */
  Chosen chosen(List<String> settings, @Nullable String data) throws IOException {
    RunConfiguration trained = RunConfiguration.of(run);
    List<String> all = new ArrayList<>(settings);
    if (data != null) {
      all.add(Settings.DATA_PATH.key() + "=" + data);
    }
    if (labels != null) {
      all.add(Settings.DATA_LABELS.key() + "=" + labels);
    }
    return new Chosen(trained, trained.read(all, master));
  }

  /**
   * Whether other data are IDX arrays whose labels nobody named: those of the run belong to its own
   * arrays.
   */
  boolean lacksLabels(List<String> settings, TrainingConfiguration configuration) {
    return configuration.data().format() == Format.IDX && !namesLabels(settings);
  }

  /** Whether the command line says where labels are. */
  boolean namesLabels(List<String> settings) {
    String key = Settings.DATA_LABELS.key() + "=";
    return labels != null || settings.stream().anyMatch(text -> text.strip().startsWith(key));
  }
}
