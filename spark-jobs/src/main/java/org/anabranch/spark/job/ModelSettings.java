package org.anabranch.spark.job;

import java.util.Locale;
import org.anabranch.model.node.FrozenStem;
import org.anabranch.model.node.NeuralOdeClassifier;
import org.anabranch.nn.Activation;
import org.anabranch.train.Standardisation;
import org.jspecify.annotations.Nullable;

/** The model that a configuration describes. */
final class ModelSettings {
  private ModelSettings() {}

  /**
   * @param inputs the features of a sample, as found in the data
   * @param stem null for none
   */
  static NeuralOdeClassifier classifier(
      TrainingConfiguration configuration,
      int inputs,
      Standardisation standardisation,
      @Nullable FrozenStem stem) {
    TrainingConfiguration.Model model = configuration.model();
    TrainingConfiguration.Solver solver = configuration.solver();
    return new NeuralOdeClassifier(
        inputs,
        configuration.data().classes(),
        model.state(),
        model.hidden(),
        Activation.valueOf(model.activation().name()),
        solver.method(),
        solver.damping(),
        solver.exact(),
        solver.endTime(),
        solver.steps(),
        lower(configuration.gradient()),
        configuration.data().scale(),
        standardisation,
        solver.tolerances(),
        stem,
        solver.decayRate(),
        configuration.gradient() == TrainingConfiguration.Gradient.BINOMIAL
            ? configuration.gradientStates()
            : null);
  }

  /** The backend's name in core. */
  static String backend(TrainingConfiguration configuration) {
    return switch (configuration.backend()) {
      case REFERENCE -> "reference";
      case SIMD ->
          switch (configuration.precision()) {
            case FLOAT32 -> "simd";
            case FLOAT64 -> "simd-float64";
          };
    };
  }

  private static String lower(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
