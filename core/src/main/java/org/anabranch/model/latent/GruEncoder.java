package org.anabranch.model.latent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.graph.Accumulation;
import org.anabranch.graph.Differentiation;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Pullback;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.anabranch.nn.GruCell;

/**
 * A gated recurrent unit that goes from the last time to the first, and back in the order of time.
 * It keeps each state and {@link GruCell#product}, so that the way back takes two products of the
 * size of the state's matrix for each time, and none again.
 */
final class GruEncoder implements Encoder {
  private final List<Program.Execution> forward = new ArrayList<>();
  private final List<Program.Execution> backward = new ArrayList<>();
  private final Buffer ofFirst;
  private final long bytes;

  GruEncoder(
      Backend backend,
      LatentNetworks networks,
      Observations observations,
      Told told,
      Parameters parameters,
      Accumulators accumulators,
      int rows) {
    int state = networks.cell().hidden();
    int last = told.context().size() - 1;
    Steps steps = new Steps(networks, observations.width(), told.context().get(0).type());
    Program forwardProgram = backend.compile(steps.forward(), rows);
    Program backwardProgram = backend.compile(steps.backward(), rows);
    Buffer[] cotangents = new Buffer[2];
    for (int i = 0; i < 2; i++) {
      cotangents[i] = backend.buffer(Type.perSample(state), rows);
    }
    ofFirst = cotangents[0];
    Buffer later = backend.buffer(Type.perSample(state), rows); // 0: nothing was read yet
    long kept = 3 * later.bytes();
    for (int time = last; time >= 0; time--) {
      Buffer now = backend.buffer(later.type(), rows);
      Buffer product = backend.buffer(Type.perSample(3 * state), rows);
      kept += now.bytes() + product.bytes();
      Map<String, Buffer> inputs = new HashMap<>();
      inputs.put("x", observations.at(time));
      inputs.put("h", later);
      Map<String, Buffer> outputs = new HashMap<>();
      outputs.put("next", now);
      outputs.put("product", product);
      outputs.put("context", told.context().get(time));
      forward.add(forwardProgram.bind(inputs, outputs, parameters, null));
      inputs.put("product", product);
      inputs.put("d.next", cotangents[time % 2]);
      inputs.put("d.context", told.cotangents().get(time));
      Map<String, Buffer> back = Map.of("d.h", cotangents[(time + 1) % 2]);
      backward.add(0, backwardProgram.bind(inputs, back, parameters, accumulators));
      later = now;
    }
    bytes = forwardProgram.bytes() + backwardProgram.bytes() + kept;
  }

  /** The graphs of a step. */
  private static final class Steps {
    private final GruCell cell;
    private final Value x;
    private final Value h;
    private final Value product;
    private final Value ofNext;
    private final Value ofContext;
    private final Graph rest;

    Steps(LatentNetworks networks, int inputs, Type context) {
      cell = networks.cell();
      x = Value.input("x", Type.perSample(inputs));
      h = Value.input("h", Type.perSample(cell.hidden()));
      product = Value.input("product", Type.perSample(3 * cell.hidden()));
      ofNext = Value.input("d.next", h.type());
      ofContext = Value.input("d.context", context);
      Value next = cell.apply(networks.seen(x), h, product);
      Map<String, Value> outputs = Map.of("next", next, "context", networks.readout().apply(next));
      rest = Graph.of("encoder.rest", List.of(x, h, product), outputs);
    }

    Graph forward() {
      Map<String, Value> outputs = new HashMap<>();
      Value here = cell.product(h);
      Map<String, Value> at = Map.of("x", x, "h", h, "product", here);
      outputs.putAll(rest.apply(at));
      outputs.put("product", here);
      return Graph.of("encoder.step", List.of(x, h), outputs);
    }

    Graph backward() {
      Map<String, Value> cotangents = Map.of("next", ofNext, "context", ofContext);
      Pullback ofRest = Differentiation.pullback(rest, cotangents, List.of("h", "product"));
      Graph first = Graph.of("encoder.product", List.of(h), Map.of("product", cell.product(h)));
      Value ofProduct = Objects.requireNonNull(ofRest.cotangents().get("product"));
      Pullback ofFirst =
          Differentiation.pullback(first, Map.of("product", ofProduct), List.of("h"));
      List<Accumulation> accumulations = new ArrayList<>(ofRest.accumulations());
      accumulations.addAll(ofFirst.accumulations());
      Value direct = Objects.requireNonNull(ofRest.cotangents().get("h"));
      Value through = Objects.requireNonNull(ofFirst.cotangents().get("h"));
      return Graph.of(
          "encoder.step.back",
          List.of(x, h, product, ofNext, ofContext),
          Map.of("d.h", direct.plus(through)),
          accumulations);
    }
  }

  @Override
  public void forward() {
    forward.forEach(Program.Execution::run);
  }

  @Override
  public void backward() {
    ofFirst.fill(0); // nothing reads the state at the first time but its context
    backward.forEach(Program.Execution::run);
  }

  @Override
  public long bytes() {
    return bytes;
  }
}
