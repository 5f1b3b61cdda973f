package org.anabranch.model.latent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.graph.Type;
import org.anabranch.train.Backends;
import org.junit.jupiter.api.Test;

class BridgedPathsTest {
  private static final int ROWS = SmallModel.CAPACITY;

  @Test
  void gapsAreBridgedAndTheOrderIsThatOfTheEncoder() {
    LatentSde model = SmallModel.of("heun", "direct");
    Backend backend = Backends.named("simd-float64");
    Observations observations = new Observations(model, backend, ROWS);
    // The values that the model sees are those here times 1/1.5 and 1/0.8, after the means.
    float none = Float.NaN;
    float[] path = {
      none, -0.1f, 0.2f + 3, none, none, none, 0.2f + 6, none, none, none, 0.5f,
    };
    observations.take(SmallModel.block(0, 1, path));
    BridgedPaths bridged = new BridgedPaths(observations, 5, 2, true, ROWS);
    List<Buffer> places = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      places.add(backend.buffer(Type.perSample(bridged.width()), ROWS));
    }
    bridged.store(places::get);
    double[][] expected = {
      {4, 0, 0, 0}, {4, 0, 1, 0}, {3, 0, 0, 0}, {2, 0, 1, 0}, {2, 0, 0, 1},
    };
    double[] row = new double[4];
    for (int place = 0; place < 5; place++) {
      places.get(place).getRow(0, row, 0);
      for (int i = 0; i < 4; i++) {
        row[i] = Math.rint(row[i] * 1e5) / 1e5 + 0.0;
      }
      assertThat(row).as("place %d", place).containsExactly(expected[place]);
    }
  }
}
