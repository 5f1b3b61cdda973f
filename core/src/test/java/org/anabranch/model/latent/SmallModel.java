package org.anabranch.model.latent;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.model.paths.ChannelScales;
import org.anabranch.model.paths.PathShape;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;
import org.anabranch.train.Backends;
import org.anabranch.train.Block;

/** A latent SDE of few numbers, and paths for it. */
final class SmallModel {
  static final int CAPACITY = 4;
  static final int TIMES = 5;
  static final double STEP = 0.5;
  static final PathShape SHAPE =
      PathShape.equal(TIMES, STEP, List.of("level", "flow"), List.of("kind"));
  static final ObjectiveSettings OBJECTIVE = new ObjectiveSettings(0.5, 0.8, 0.25, 4);

  private static final ChannelScales SCALES =
      new ChannelScales(List.of(0.2, -0.1), List.of(1.5, 0.8));
  private static final ChannelScales COVARIATE_SCALES =
      new ChannelScales(List.of(0.5), List.of(2.0));

  private SmallModel() {}

  static LatentSde of(String method, String gradient, EncoderSettings encoder) {
    return of(method, gradient, encoder, OBJECTIVE);
  }

  /** Of which training minimises the bound itself. */
  static LatentSde whole(String method, String gradient, EncoderSettings encoder) {
    return of(method, gradient, encoder, new ObjectiveSettings(0.5, 1, 0, 0));
  }

  private static LatentSde of(
      String method, String gradient, EncoderSettings encoder, ObjectiveSettings objective) {
    return new LatentSde(
        SHAPE,
        SCALES,
        COVARIATE_SCALES,
        new LatentSettings(3, List.of(4, 5), 3, true),
        encoder,
        objective,
        2,
        method,
        gradient);
  }

  static LatentSde of(String method, String gradient) {
    return of(method, gradient, gru(true));
  }

  static EncoderSettings gru(boolean masked) {
    return new EncoderSettings(EncoderSettings.Kind.GRU, 4, 3, List.of(), masked);
  }

  static EncoderSettings cde(boolean masked) {
    return new EncoderSettings(EncoderSettings.Kind.CDE, 3, 2, List.of(4), masked);
  }

  static LatentWorker worker(LatentSde model) {
    return worker(model, "simd-float64");
  }

  static LatentWorker worker(LatentSde model, String backend) {
    return new LatentWorker(model, Backends.named(backend), CAPACITY, 11);
  }

  /** Parameters of which none is 0. */
  static double[] parameters(LatentSde model) {
    double[] parameters = model.initial(3);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] += 0.1 * normal(1, i);
    }
    return parameters;
  }

  /** Sets all numbers of some tensors. */
  static void fill(LatentSde model, double[] parameters, String prefix, double value) {
    for (ParameterLayout.View view : model.layout().views()) {
      if (view.name().startsWith(prefix)) {
        Arrays.fill(parameters, view.offset(), view.offset() + view.size(), value);
      }
    }
  }

  private static double normal(int kind, int i) {
    return CounterRandom.normal(5, Stream.SYNTHETIC, kind, 0, i);
  }

  /** Standard normal numbers, a path for each row. */
  static float[] features(int rows) {
    float[] features = new float[rows * SHAPE.features()];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) normal(2, i);
    }
    return features;
  }

  static Block block(int number, int rows, float[] features) {
    long[] ids = IntStream.range(0, rows).mapToLong(i -> 100L * number + i).toArray();
    return Block.of(number, CAPACITY, SHAPE.features(), ids, features, new float[rows]);
  }
}
