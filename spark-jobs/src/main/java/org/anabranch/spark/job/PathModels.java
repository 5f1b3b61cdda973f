package org.anabranch.spark.job;

import org.anabranch.model.gan.SdeGan;
import org.anabranch.model.latent.LatentSde;
import org.anabranch.model.paths.PathModel;
import org.anabranch.train.ModelFile;

/** The models of paths that there are. */
final class PathModels {
  private PathModels() {}

  /**
   * The model of a {@code model.json}.
   *
   * @throws IllegalArgumentException if the text is no such model, with the place
   */
  static PathModel parse(String json) {
    String type = ModelFile.type(json);
    return switch (type) {
      case SdeGan.TYPE -> SdeGan.parse(json);
      case LatentSde.TYPE -> LatentSde.parse(json);
      default ->
          throw new IllegalArgumentException(
              "model.json: type is '%s', which is no model of paths. Use the folder of a run whose model.type is sde-gan or latent-sde."
                  .formatted(type));
    };
  }
}
