package org.anabranch.spark.job;

import java.util.Objects;
import org.anabranch.model.paths.ChannelScales;
import org.anabranch.model.paths.PathShape;
import org.anabranch.spark.data.PackedData;
import org.anabranch.spark.data.SeriesForm;
import org.anabranch.spark.job.TrainingConfiguration.Series;

/** What packed series tell a model of paths. */
record PathData(PathShape shape, ChannelScales scales, ChannelScales covariateScales) {
  static PathData of(TrainingConfiguration configuration, PackedData data) {
    Series series =
        Objects.requireNonNull(configuration.data().series(), "checked by PathContradictions");
    SeriesForm form = series.form();
    PathShape shape =
        PathShape.equal(form.length(), form.timeStep(), form.channels(), form.covariates());
    ChannelScales scales =
        switch (series.normalise()) {
          case NONE -> ChannelScales.none(shape.width());
          case INITIAL -> data.channelScales(form, true);
          case ALL -> data.channelScales(form, false);
        };
    return new PathData(shape, scales, data.covariateScales(form));
  }

  ConfiguredPaths configured(TrainingConfiguration configuration) {
    return ConfiguredPaths.of(configuration, shape, scales, covariateScales);
  }
}
