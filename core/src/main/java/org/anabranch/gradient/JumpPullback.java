package org.anabranch.gradient;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Buffer;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Pullback;
import org.anabranch.graph.Type;
import org.anabranch.solver.Jump;
import org.anabranch.solver.SampleProgram;
import org.anabranch.solver.State;
import org.jspecify.annotations.Nullable;

/** Pulls cotangents back over jumps: to the state before, the time, and the jump's own inputs. */
final class JumpPullback {
  private final ProgramSource source;
  private final @Nullable Reconstruction reconstruction;
  private final State zero;
  private final Map<Jump, SampleProgram> programs = new HashMap<>();

  /**
   * @param reconstruction of states where steps are undone, before a jump from the state that it is
   *     taken at; null where states are kept
   */
  JumpPullback(ProgramSource source, @Nullable Reconstruction reconstruction) {
    this.source = source;
    this.reconstruction = reconstruction;
    Map<String, Type> ofState = new LinkedHashMap<>();
    source
        .types()
        .forEach((name, type) -> ofState.put(ReverseStep.cotangent(name), type.working()));
    zero = State.allocate(source.backend(), ofState, 1);
  }

  /** Pulls back over one jump that several samples have taken. */
  void pull(Jump jump, List<Interruption> all, ReversePass pass, TimeCotangents times) {
    SampleProgram program = programs.computeIfAbsent(jump, this::pullback);
    int slots = program.slots();
    for (int from = 0; from < all.size(); from += slots) {
      List<Interruption> some = all.subList(from, Math.min(from + slots, all.size()));
      pull(program, jump, some, pass, times);
    }
  }

  private SampleProgram pullback(Jump jump) {
    Graph graph = jump.restart(source.method(), source.field());
    Cotangents cotangents =
        new Cotangents(graph, source.method().state(), source.wanted(), List.of("t"));
    List<String> inputs = new ArrayList<>(List.of(source.solution()));
    inputs.addAll(jump.ownInputs(source.field()).keySet());
    Pullback pullback = cotangents.pullback(inputs);
    Graph reverse =
        Graph.of(
            graph.name() + ".pullback",
            cotangents.inputs(),
            cotangents.outputs(pullback),
            pullback.accumulations());
    return source.adding(reverse);
  }

  private void pull(
      SampleProgram program,
      Jump jump,
      List<Interruption> some,
      ReversePass pass,
      TimeCotangents times) {
    Map<String, Buffer> running = pass.cotangents().parts();
    takeContext(program, some);
    running.keySet().forEach(name -> program.input(name).fill(0));
    double[] at = new double[program.slots()];
    for (int slot = 0; slot < program.slots(); slot++) {
      Interruption one = some.get(Math.min(slot, some.size() - 1));
      program.take(slot, one.at.arrived().parts(), 0);
      at[slot] = one.at.time();
      if (slot < some.size()) {
        program.take(slot, running, one.row);
      }
    }
    program.input("t").set(at);
    takeOwnInputs(program, jump, some);
    program.run();
    for (int slot = 0; slot < some.size(); slot++) {
      Interruption one = some.get(slot);
      zero.parts().forEach((name, none) -> pass.cotangents().part(name).copyRow(one.row, none, 0));
      program.give(slot, running, one.row);
      times.add(
          one.row, one.at.step(), ProgramSource.number(program, ReverseStep.cotangent("t"), slot));
      one.ofInputs = ownInputs(program, jump, slot);
      State restarted = one.at.restarted();
      if (reconstruction != null && restarted != null) {
        reconstruction.measureJump(one.row, restarted, pass.state(), one.at.step() == 0);
        pass.state().copyRow(one.row, one.at.arrived(), 0);
      }
    }
  }

  private void takeContext(SampleProgram program, List<Interruption> some) {
    for (int slot = 0; slot < program.slots(); slot++) {
      program.take(slot, source.context(), some.get(Math.min(slot, some.size() - 1)).row);
    }
  }

  private void takeOwnInputs(SampleProgram program, Jump jump, List<Interruption> some) {
    int offset = 0;
    for (Map.Entry<String, Type> own : jump.ownInputs(source.field()).entrySet()) {
      int size = own.getValue().shape().size();
      double[] numbers = new double[program.slots() * size];
      for (int slot = 0; slot < program.slots(); slot++) {
        double[] given = some.get(Math.min(slot, some.size() - 1)).at.inputs();
        System.arraycopy(given, offset, numbers, slot * size, size);
      }
      program.input(own.getKey()).set(numbers);
      offset += size;
    }
  }

  private double[] ownInputs(SampleProgram program, Jump jump, int slot) {
    double[] numbers = new double[jump.ownNumbers(source.field())];
    int offset = 0;
    for (Map.Entry<String, Type> own : jump.ownInputs(source.field()).entrySet()) {
      program.output(ReverseStep.cotangent(own.getKey())).getRow(slot, numbers, offset);
      offset += own.getValue().shape().size();
    }
    return numbers;
  }

  long bytes() {
    return programs.values().stream().mapToLong(SampleProgram::bytes).sum();
  }
}
