package org.anabranch.spark.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.model.node.NeuralOdeClassifier;
import org.anabranch.spark.data.PackedData;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * The run at whose parameters a check looks: its model, its stem and its configuration count.
 *
 * @param configuration that it left, with the settings of the command line
 * @param trained the model that it left
 * @param changed whether the command line changes the model or its solver
 */
record CheckedRun(
    RunConfiguration run,
    TrainingConfiguration configuration,
    NeuralOdeClassifier trained,
    boolean changed) {
  private static final List<String> OF_THE_MODEL = List.of("model.", "solver.", "gradient");

  /** What decides the model and the samples that are looked at; a training's rest does not. */
  private static final List<String> THAT_MATTER =
      List.of("model.", "solver.", "gradient", "data.", "backend", "precision");

  /**
   * @param settings of the command line, {@code key=value}; they win over the run's
   */
  static CheckedRun of(String location, List<String> settings) throws IOException {
    RunConfiguration run = RunConfiguration.of(location);
    return new CheckedRun(
        run,
        run.read(settings, null),
        run.model(),
        settings.stream().anyMatch(text -> startsWith(text.strip(), OF_THE_MODEL)));
  }

  private static boolean startsWith(String key, List<String> starts) {
    return starts.stream().anyMatch(key::startsWith);
  }

  /** The model, with the stem that lies in the run's folder. */
  ConfiguredModel model(PackedData data, JavaSparkContext spark) throws IOException {
    int width = data.width();
    if (width != trained.inputs()) {
      throw new Mistake(
          "%s: its model takes samples of %d features, and those of %s have %d. Give the run's data by data.path=..."
              .formatted(run.location(), trained.inputs(), configuration.data().path(), width));
    }
    Stem stem = run.stem(trained);
    NeuralOdeClassifier model =
        changed
            ? ModelSettings.classifier(
                configuration, width, trained.standardisation(), trained.stem())
            : trained;
    return new ConfiguredModel(model, stem == null ? null : stem.shipped(spark, width));
  }

  /** Where the run is not what a configuration says, a sentence each. */
  List<String> differences(TrainingConfiguration other, String file) {
    Map<String, Setting> others = new HashMap<>();
    other.settings().forEach(setting -> others.put(setting.key(), setting));
    List<String> sentences = new ArrayList<>();
    for (Setting own : configuration.settings()) {
      Setting there = others.get(own.key());
      if (own.effect() == Parameter.Effect.RESULT
          && startsWith(own.key(), THAT_MATTER)
          && !own.digest().equals(digest(there))) {
        sentences.add(
            "%s is %s in %s and %s in %s; the run's is checked."
                .formatted(own.key(), own.recorded(), run.location(), recorded(there), file));
      }
    }
    String method = configuration.solver().method();
    if (!changed && !trained.method().equals(method)) {
      sentences.add(
          "%s was begun by %s and ended by %s (solver.when-unstable); that is checked."
              .formatted(run.location(), method, trained.method()));
    }
    return sentences;
  }

  private static @Nullable String digest(@Nullable Setting setting) {
    return setting == null ? null : setting.digest();
  }

  private static String recorded(@Nullable Setting setting) {
    return setting == null ? "unknown" : setting.recorded();
  }
}
