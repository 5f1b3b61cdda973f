package org.anabranch.solver;

import java.util.List;
import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.control.brownian.BrownianMotion;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;

/**
 * Solutions between the ends of a step from t to t + h, a share s of it on: straight, but for what
 * the Brownian motion does there beside its straight line,
 *
 * <pre>  y(t + sh) = y(t) + s (y(t + h) − y(t)) + σ(t, y(t)) (W(t + sh) − W(t) − s ΔW)  </pre>
 *
 * <p>so that, both ends given, it has the law of the Brownian bridge between them. Its error on a
 * path is of order h, or √h where the noise does not commute, like the solution's own.
 */
final class BridgedValues {
  private final Buffer time;
  private final Buffer start;
  private final Buffer straight;
  private final Buffer whole;
  private final Buffer part;
  private final Buffer shares;
  private final Buffer result;
  private final BrownianMotion motion;
  private final Program.Execution program;
  private final long[] sample = new long[1];
  private final double[] ask = new double[1];
  private final double[] end = new double[1];

  BridgedValues(
      Backend backend, StochasticField field, Parameters parameters, BrownianMotion motion) {
    this.motion = motion;
    Value t = Value.input("t", Type.time());
    Value y = Value.input("y", Type.perSample(field.dimension()));
    Value line = Value.input("line", Type.perSample(field.dimension()));
    Value w = Value.input("w", Type.perSample(motion.motions()));
    Value all = Value.input("all", Type.perSample(motion.motions()));
    Value share = Value.input("share", Type.perSampleScalar());
    Value beside = field.applied(field.at(t, y).diffusion(), w.minus(all.times(share)));
    Graph graph =
        Graph.of("bridged", List.of(t, y, line, w, all, share), Map.of("value", line.plus(beside)));
    time = backend.buffer(t.type(), 1);
    start = backend.buffer(y.type(), 1);
    straight = backend.buffer(y.type(), 1);
    part = backend.buffer(w.type(), 1);
    whole = backend.buffer(w.type(), 1);
    shares = backend.buffer(share.type(), 1);
    result = backend.buffer(y.type(), 1);
    program =
        backend
            .compile(graph, 1)
            .bind(
                Map.of(
                    "t", time, "y", start, "line", straight, "w", part, "all", whole, "share",
                    shares),
                Map.of("value", result),
                parameters,
                null);
  }

  /**
   * The value of a sample between two ends.
   *
   * @param before y at the step's start
   * @param after y at its end
   */
  double[] at(int row, double from, double to, double when, double[] before, double[] after) {
    double share = (when - from) / (to - from);
    double[] line = new double[before.length];
    for (int i = 0; i < line.length; i++) {
      line[i] = before[i] + share * (after[i] - before[i]);
    }
    sample[0] = row;
    ask[0] = from;
    end[0] = to;
    motion.over(sample, ask, end, whole, null);
    end[0] = when;
    motion.over(sample, ask, end, part, null);
    time.fill(from);
    shares.fill(share);
    start.set(before);
    straight.set(line);
    program.run();
    result.get(line);
    return line;
  }
}
