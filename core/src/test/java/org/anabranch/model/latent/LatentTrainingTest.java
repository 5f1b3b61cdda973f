package org.anabranch.model.latent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.anabranch.model.paths.ChannelScales;
import org.anabranch.model.paths.PathShape;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;
import org.anabranch.train.Backends;
import org.anabranch.train.Block;
import org.anabranch.train.ExactSum;
import org.anabranch.train.LocalRounds;
import org.anabranch.train.Optimiser;
import org.anabranch.train.Rounds;
import org.anabranch.train.Scales;
import org.anabranch.train.Updates;
import org.junit.jupiter.api.Test;

/** Short trainings on paths of an Ornstein-Uhlenbeck process. */
class LatentTrainingTest {
  private static final int BLOCKS = 8;
  private static final int CAPACITY = 16;
  private static final PathShape SHAPE = PathShape.equal(9, 0.25, List.of("y"), List.of());

  private static LatentSde model(String method) {
    return new LatentSde(
        SHAPE,
        ChannelScales.none(1),
        ChannelScales.none(0),
        new LatentSettings(2, List.of(16), 8, false),
        new EncoderSettings(EncoderSettings.Kind.GRU, 16, 8, List.of(), true),
        new ObjectiveSettings(0.2, 1, 0, 20),
        2,
        method,
        "automatic");
  }

  /** dY = −Y dt + 0.5 dW from a normal start around 1, every seventh value missing. */
  private static List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    double decay = Math.exp(-0.25);
    for (int number = 0; number < BLOCKS; number++) {
      float[] features = new float[CAPACITY * SHAPE.features()];
      for (int row = 0; row < CAPACITY; row++) {
        double y = 1;
        for (int time = 0; time < SHAPE.length(); time++) {
          int at = row * SHAPE.features() + time;
          double z = CounterRandom.normal(1, Stream.SYNTHETIC, number, time, row);
          y = time == 0 ? 1 + 0.5 * z : decay * y + 0.5 * Math.sqrt((1 - decay * decay) / 2) * z;
          features[at] = at % 7 == 3 ? Float.NaN : (float) y;
        }
      }
      long[] ids = IntStream.range(0, CAPACITY).mapToLong(i -> i).toArray();
      blocks.add(Block.of(number, CAPACITY, SHAPE.features(), ids, features, new float[CAPACITY]));
    }
    return blocks;
  }

  private static List<Double> bounds(String method, int steps) {
    LatentSde model = model(method);
    double[] parameters = model.initial(1);
    Optimiser adam = Optimiser.adam(0.01, 0.9, 0.999, 1e-8);
    Updates updates = new Updates(Backends.named("simd"), adam, parameters);
    List<Integer> all = IntStream.range(0, BLOCKS).boxed().toList();
    List<Double> bounds = new ArrayList<>();
    double[] gradient = new double[parameters.length];
    try (Rounds rounds =
        new LocalRounds(model.workers("simd", CAPACITY, 3), blocks(), blocks(), 1)) {
      bounds.add(rounds.evaluate(parameters).meanLoss());
      for (int step = 0; step < steps; step++) {
        Scales scales = Scales.from(rounds.gradient(step, parameters, all, null).magnitudes());
        ExactSum sum = rounds.gradient(step, parameters, all, scales);
        sum.gradient(gradient);
        for (int i = 0; i < gradient.length; i++) {
          gradient[i] /= sum.weight();
        }
        updates.apply(gradient);
        updates.parameters(parameters);
      }
      bounds.add(rounds.evaluate(parameters).meanLoss());
    }
    return bounds;
  }

  @Test
  void theBoundImproves() {
    for (String method : List.of("euler-maruyama", "reversible-heun")) {
      List<Double> bounds = bounds(method, 60);
      assertThat(bounds.get(0)).as(method).isGreaterThan(20);
      assertThat(bounds.get(1)).as(method).isLessThan(6);
    }
  }
}
