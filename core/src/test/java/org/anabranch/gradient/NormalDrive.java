package org.anabranch.gradient;

import java.util.LinkedHashMap;
import java.util.Map;
import org.anabranch.backend.Buffer;
import org.anabranch.graph.Type;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;
import org.anabranch.solver.BrownianNeed;
import org.anabranch.solver.Drive;

/** Increments and areas of Brownian motions over the steps of one size from 0. */
final class NormalDrive implements Drive {
  private final BrownianNeed need;
  private final int motions;
  private final double size;

  NormalDrive(BrownianNeed need, int motions, double size) {
    this.need = need;
    this.motions = motions;
    this.size = size;
  }

  @Override
  public Map<String, Type> inputs() {
    Map<String, Type> inputs = new LinkedHashMap<>();
    need.inputs().forEach(name -> inputs.put(name, Type.perSample(motions)));
    return inputs;
  }

  @Override
  public void supply(int[] samples, double[] from, double[] to, Map<String, Buffer> target) {
    double[] numbers = new double[motions];
    for (int slot = 0; slot < samples.length; slot++) {
      int step = (int) Math.rint(from[slot] / size);
      double deviation = from[slot] == to[slot] ? 0 : Math.sqrt(size);
      for (String name : need.inputs()) {
        boolean area = name.equals(BrownianNeed.AREA_NAME);
        for (int i = 0; i < motions; i++) {
          int component = 2 * i + (area ? 1 : 0);
          double normal = CounterRandom.normal(3, Stream.BROWNIAN, samples[slot], step, component);
          numbers[i] = deviation * normal / (area ? Math.sqrt(12) : 1);
        }
        target.get(name).setRow(slot, numbers, 0);
      }
    }
  }
}
