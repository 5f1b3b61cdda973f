package org.anabranch.control.brownian;

import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.graph.Type;

/** Increment and area of one sample over an interval. */
record Asked(double[] w, double[] h) {
  private static final Backend REFERENCE = new ReferenceBackend();

  static Asked of(BrownianMotion motion, long sample, double from, double to) {
    Type type = Type.perSample(motion.motions());
    Buffer increments = REFERENCE.buffer(type, 1);
    Buffer areas = REFERENCE.buffer(type, 1);
    motion.over(new long[] {sample}, new double[] {from}, new double[] {to}, increments, areas);
    double[] w = new double[motion.motions()];
    double[] h = new double[motion.motions()];
    increments.get(w);
    areas.get(h);
    return new Asked(w, h);
  }

  /** U = h (W/2 + H), the integral of the motion from the interval's start. */
  double integral(int motion, double length) {
    return length * (w[motion] / 2 + h[motion]);
  }
}
