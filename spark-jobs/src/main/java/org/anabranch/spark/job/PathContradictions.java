package org.anabranch.spark.job;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.anabranch.model.gan.DiscriminatorSettings;
import org.anabranch.spark.job.TrainingConfiguration.Format;
import org.anabranch.spark.job.TrainingConfiguration.Gradient;
import org.anabranch.spark.job.TrainingConfiguration.Mode;
import org.anabranch.spark.job.TrainingConfiguration.ModelType;

/** Settings of models of paths that do not go with the rest, or the rest with them. */
final class PathContradictions {
  private static final Set<Gradient> OF_PATHS =
      EnumSet.of(Gradient.AUTOMATIC, Gradient.REVERSIBLE, Gradient.CHECKPOINTED, Gradient.DIRECT);

  private final Readings readings;
  private final List<Complaint> complaints = new ArrayList<>();

  private PathContradictions(Readings readings) {
    this.readings = readings;
  }

  static List<Complaint> in(Readings readings) {
    PathContradictions rules = new PathContradictions(readings);
    if (readings.has(Settings.MODEL_TYPE)) {
      ModelType type = readings.value(Settings.MODEL_TYPE);
      rules.format(type);
      rules.unused(type);
      rules.gradient(type);
      rules.method(type);
      rules.turns(type);
    }
    return rules.complaints;
  }

  private void format(ModelType type) {
    if (!readings.has(Settings.DATA_FORMAT)) {
      return;
    }
    boolean series = readings.value(Settings.DATA_FORMAT) == Format.SERIES;
    if (type.isOfPaths() && !series) {
      complain(
          Settings.MODEL_TYPE,
          "model.type is %s, which is trained on series, but data.format is %s"
              .formatted(Scalar.word(type), Scalar.word(readings.value(Settings.DATA_FORMAT))),
          "Write data.format = series, with data.channels and data.length.");
    } else if (!type.isOfPaths() && series) {
      complain(
          Settings.DATA_FORMAT,
          "data.format is series, but model.type %s needs labels".formatted(Scalar.word(type)),
          "Write model.type = sde-gan, or data.format = csv.");
    }
  }

  private void unused(ModelType type) {
    if (type != ModelType.SDE_GAN) {
      GanSettings.all().forEach(setting -> refuse(setting, ModelType.SDE_GAN, type));
    }
    if (type != ModelType.LATENT_SDE) {
      LatentSdeSettings.all().forEach(setting -> refuse(setting, ModelType.LATENT_SDE, type));
    }
    if (!type.isOfPaths()) {
      PathSettings.all().forEach(setting -> refuse(setting, ModelType.SDE_GAN, type));
    } else {
      for (Parameter<?> setting :
          List.of(
              Settings.MODEL_STATE,
              Settings.MODEL_HIDDEN,
              Settings.MODEL_ACTIVATION,
              Settings.MODEL_STEM,
              Settings.SOLVER_METHOD,
              Settings.SOLVER_STEPS,
              Settings.SOLVER_STEPPING,
              Settings.SOLVER_END_TIME)) {
        refuse(setting, ModelType.NEURAL_ODE_CLASSIFIER, type);
      }
    }
  }

  private void refuse(Parameter<?> setting, ModelType user, ModelType type) {
    if (readings.has(setting) && readings.isChanged(setting)) {
      complain(
          setting,
          "%s is %s, but model.type %s does not use it"
              .formatted(setting.key(), readings.reading(setting).shown(), Scalar.word(type)),
          "Take the line out, or write model.type = %s.".formatted(Scalar.word(user)));
    }
  }

  private void gradient(ModelType type) {
    if (type.isOfPaths()
        && readings.has(Settings.GRADIENT)
        && !OF_PATHS.contains(readings.value(Settings.GRADIENT))) {
      complain(
          Settings.GRADIENT,
          "gradient is %s, which models of paths do not have"
              .formatted(readings.reading(Settings.GRADIENT).shown()),
          "Write gradient = automatic, reversible, checkpointed or direct.");
    }
  }

  private void method(ModelType type) {
    if (!type.isOfPaths() || !readings.has(PathSettings.METHOD)) {
      return;
    }
    String name = readings.value(PathSettings.METHOD);
    List<String> fit = SolverMethods.ofPaths(type);
    if (!fit.contains(name)) {
      complain(
          PathSettings.METHOD,
          "solver.sde-method is %s, which does not solve the equations of model.type %s"
              .formatted(name, Scalar.word(type)),
          "Write one of %s.".formatted(String.join(", ", fit)));
    } else if (readings.has(Settings.GRADIENT)
        && readings.value(Settings.GRADIENT) == Gradient.REVERSIBLE
        && !SolverMethods.canBeUndone(name, type)) {
      complain(
          Settings.GRADIENT,
          "gradient is reversible, but steps of solver.sde-method %s cannot be undone"
              .formatted(name),
          "Write gradient = checkpointed, or solver.sde-method = reversible-heun.");
    }
  }

  /** A worker that began a cycle in one round and ended it in another would have averaged turns. */
  private void turns(ModelType type) {
    if (type != ModelType.SDE_GAN
        || !readings.has(
            Settings.TRAIN_MODE,
            Settings.TRAIN_LOCAL_STEPS,
            GanSettings.DISCRIMINATOR_STEPS,
            GanSettings.ALTERNATE)
        || readings.value(Settings.TRAIN_MODE) != Mode.AVERAGING) {
      return;
    }
    int steps = readings.value(Settings.TRAIN_LOCAL_STEPS);
    int cycle =
        DiscriminatorSettings.cycle(
            readings.value(GanSettings.DISCRIMINATOR_STEPS), readings.value(GanSettings.ALTERNATE));
    if (steps % cycle != 0) {
      complain(
          readings.isWritten(Settings.TRAIN_LOCAL_STEPS)
              ? Settings.TRAIN_LOCAL_STEPS
              : Settings.TRAIN_MODE,
          "train.local-steps is %d, but the two networks take turns over %d steps (gan.discriminator-steps, gan.alternate)"
              .formatted(steps, cycle),
          "Write train.local-steps = %d, a multiple."
              .formatted(cycle * Math.max(1, steps / cycle)));
    }
  }

  private void complain(Parameter<?> parameter, String fact, String remedy) {
    complaints.add(new Complaint(readings.reading(parameter).place(), fact, remedy));
  }
}
