package org.anabranch.spark.job;

import java.util.Locale;
import org.anabranch.model.gan.SdeGan;
import org.anabranch.model.latent.LatentSde;
import org.anabranch.model.paths.ChannelScales;
import org.anabranch.model.paths.PathModel;
import org.anabranch.model.paths.PathShape;
import org.anabranch.train.Optimiser;

/** The model of paths that a configuration describes, and the optimiser that it follows. */
record ConfiguredPaths(PathModel model, Optimiser optimiser) {
  /**
   * @param scales of channels, as the training data give them
   */
  static ConfiguredPaths of(
      TrainingConfiguration configuration,
      PathShape shape,
      ChannelScales scales,
      ChannelScales covariateScales) {
    TrainingConfiguration.Paths paths = configuration.paths();
    TrainingConfiguration.Rule rule = configuration.train().rule();
    return switch (configuration.model().type()) {
      case SDE_GAN -> {
        SdeGan gan =
            new SdeGan(
                shape,
                scales,
                covariateScales,
                paths.gan().generator(),
                paths.gan().discriminator(),
                paths.stepsPerInterval(),
                paths.method(),
                gradient(configuration),
                paths.gan().timeScale());
        Optimiser plain = RuleSettings.optimiser(rule, gan.layout());
        Optimiser both =
            gan.rule(
                paths.gan().optimistic() ? plain.optimistic() : plain,
                paths.gan().discriminatorRate(),
                paths.gan().discriminatorScheduled());
        yield new ConfiguredPaths(gan, both);
      }
      case LATENT_SDE -> {
        LatentSde latent =
            new LatentSde(
                shape,
                scales,
                covariateScales,
                paths.latent().equation(),
                paths.latent().encoder(),
                paths.latent().objective(),
                paths.stepsPerInterval(),
                paths.method(),
                gradient(configuration));
        yield new ConfiguredPaths(latent, RuleSettings.optimiser(rule, latent.layout()));
      }
      case NEURAL_ODE_CLASSIFIER ->
          throw new IllegalArgumentException("Paths: a classifier is no model of paths.");
    };
  }

  private static String gradient(TrainingConfiguration configuration) {
    return configuration.gradient().name().toLowerCase(Locale.ROOT);
  }
}
