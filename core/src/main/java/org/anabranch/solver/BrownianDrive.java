package org.anabranch.solver;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.anabranch.backend.Buffer;
import org.anabranch.control.brownian.BrownianMotion;
import org.anabranch.graph.Type;
import org.jspecify.annotations.Nullable;

/** Has Brownian motions drive steps: each sample of a tile by those of its id. */
public final class BrownianDrive implements Drive {
  private final BrownianMotion motion;
  private final BrownianNeed need;
  private @Nullable HeldContext held;
  private long[] ids;
  private long[] asked = {};

  /**
   * @param need what the method reads
   * @param rows of the tile; samples have the ids 0, 1, … until others are set
   */
  public BrownianDrive(BrownianMotion motion, BrownianNeed need, int rows) {
    this.motion = motion;
    this.need = need;
    ids = new long[rows];
    for (int row = 0; row < rows; row++) {
      ids[row] = row;
    }
  }

  /** This drive, with context that changes along the solve. */
  public BrownianDrive holding(HeldContext context) {
    held = context;
    return this;
  }

  @Override
  public @Nullable HeldContext held() {
    return held;
  }

  /** Sets the samples that the tile's rows are, before a solve. */
  public void samples(long[] of) {
    if (of.length != ids.length) {
      throw new IllegalArgumentException(
          "BrownianDrive: %d ids of samples for a tile of %d. Give one for each row."
              .formatted(of.length, ids.length));
    }
    ids = of.clone();
  }

  @Override
  public Map<String, Type> inputs() {
    Map<String, Type> inputs = new LinkedHashMap<>();
    need.inputs().forEach(name -> inputs.put(name, Type.perSample(motion.motions())));
    return inputs;
  }

  @Override
  public void supply(int[] samples, double[] from, double[] to, Map<String, Buffer> target) {
    if (asked.length != samples.length) {
      asked = new long[samples.length];
    }
    for (int slot = 0; slot < samples.length; slot++) {
      asked[slot] = ids[samples[slot]];
    }
    motion.over(asked, from, to, increments(target), areas(target));
  }

  private static Buffer increments(Map<String, Buffer> target) {
    return Objects.requireNonNull(target.get(BrownianNeed.INCREMENT_NAME), "bound by inputs");
  }

  private @Nullable Buffer areas(Map<String, Buffer> target) {
    return need == BrownianNeed.SPACE_TIME_AREA ? target.get(BrownianNeed.AREA_NAME) : null;
  }
}
