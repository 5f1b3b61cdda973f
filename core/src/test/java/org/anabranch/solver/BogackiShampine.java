package org.anabranch.solver;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anabranch.field.Field;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;

public record BogackiShampine() implements Method {
  @Override
  public String name() {
    return "bosh3test";
  }

  @Override
  public int order() {
    return 3;
  }

  @Override
  public int estimateOrder() {
    return 2;
  }

  @Override
  public List<String> state() {
    return List.of("y", "f");
  }

  @Override
  public Graph init(Field field) {
    StepInputs in = new StepInputs(field);
    Map<String, Value> out = new LinkedHashMap<>();
    out.put("y", in.initialValue());
    out.put("f", field.drift(in.time(), in.initialValue()));
    return in.initGraph(name(), out);
  }

  @Override
  public Graph step(Field field) {
    return build(field, false);
  }

  @Override
  public Optional<Graph> error(Field field) {
    return Optional.of(build(field, true));
  }

  private Graph build(Field field, boolean error) {
    StepInputs in = new StepInputs(field);
    Value y = in.state("y", Type.perSample(field.dimension()));
    Value k1 = in.state("f", Type.perSample(field.dimension()));
    Value h = in.stepSize().narrowed();
    Value k2 =
        field.drift(in.time().plus(in.stepSize().times(0.5)), y.plus(k1.times(h.times(0.5))));
    Value k3 =
        field.drift(in.time().plus(in.stepSize().times(0.75)), y.plus(k2.times(h.times(0.75))));
    Value y1 =
        y.plus(k1.times(h.times(2.0 / 9)))
            .plus(k2.times(h.times(1.0 / 3)))
            .plus(k3.times(h.times(4.0 / 9)));
    Value k4 = field.drift(in.time().plus(in.stepSize()), y1);
    Value e =
        k1.times(h.times(2.0 / 9 - 7.0 / 24))
            .plus(k2.times(h.times(1.0 / 3 - 1.0 / 4)))
            .plus(k3.times(h.times(4.0 / 9 - 1.0 / 3)))
            .plus(k4.times(h.times(-1.0 / 8)));
    Map<String, Value> out = new LinkedHashMap<>();
    if (error) out.put("error", e);
    else {
      out.put("y", y1);
      out.put("f", k4);
    }
    return in.stepGraph(name(), out);
  }
}
