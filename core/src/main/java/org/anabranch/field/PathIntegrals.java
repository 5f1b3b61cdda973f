package org.anabranch.field;

import static org.anabranch.field.StochasticField.STATE;
import static org.anabranch.field.StochasticField.TIME;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;

/** A field with integrals along its solutions as components without noise. */
final class PathIntegrals {
  private PathIntegrals() {}

  static StochasticField of(StochasticField field, StochasticField.Integrand integrand) {
    int dimension = field.dimension();
    Value t = field.graph().input(TIME);
    Value all = Value.input(STATE, Type.perSample(dimension + count(field, integrand)));
    Value y = all.slice(0, dimension);
    Coefficients at = field.at(t, y);
    Value rate = integrand.rate(t, y, at);
    Value vector = rate.type().shape().isScalar() ? rate.broadcast(1) : rate;
    Value ofSample = vector.type().isPerSample() ? vector : vector.plus(y.sum().times(0));
    Value drift = Value.concatenate(List.of(at.drift(), ofSample));
    List<Value> inputs = new ArrayList<>(List.of(t, all));
    inputs.addAll(field.context().values());
    Map<String, Value> outputs = StochasticField.outputs(new Coefficients(drift, at.diffusion()));
    Graph extended = Graph.of(field.graph().name() + ".integrals", inputs, outputs);
    return new StochasticField(extended, field.noise(), field.calculus());
  }

  /** How many there are: known once the integrand is built. */
  private static int count(StochasticField field, StochasticField.Integrand integrand) {
    Value t = field.graph().input(TIME);
    Value y = field.graph().input(STATE);
    return integrand.rate(t, y, field.at(t, y)).type().shape().size();
  }
}
