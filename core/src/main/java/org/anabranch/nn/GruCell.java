package org.anabranch.nn;

import java.util.LinkedHashMap;
import java.util.Map;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;

/**
 * The gated recurrent unit (Cho et al. 2014, arXiv:1406.1078), with the reset gate behind the
 * product as cuDNN and PyTorch have it.
 *
 * <pre>
 *   r = σ(W_r x + b_r + U_r h + c_r)         z = σ(W_z x + b_z + U_z h + c_z)
 *   n = tanh(W_n x + b_n + r ∘ (U_n h + c_n))
 *   h' = (1 − z) ∘ n + z ∘ h
 * </pre>
 *
 * Parameters, the blocks of r, z and n one below the other: {@code name.input.weight} W [3h x
 * inputs], {@code name.input.bias} b [3h], {@code name.hidden.weight} U [3h x h], {@code
 * name.hidden.bias} c [3h].
 *
 * @param inputs components of x
 * @param hidden components of the state h
 */
public record GruCell(String name, int inputs, int hidden) {
  /** The shapes of its parameters by name, in the order of the parameter vector. */
  public Map<String, Shape> parameters() {
    Map<String, Shape> parameters = new LinkedHashMap<>();
    parameters.putAll(ofInput().parameters());
    parameters.putAll(ofState().parameters());
    return parameters;
  }

  private Dense ofInput() {
    return new Dense(name + ".input", inputs, 3 * hidden);
  }

  private Dense ofState() {
    return new Dense(name + ".hidden", hidden, 3 * hidden);
  }

  /** Uh + c, the part of a step that costs: for who keeps it for the way back. */
  public Value product(Value h) {
    return ofState().apply(h);
  }

  /** The next state from an input x and the state h, vectors for each sample. */
  public Value apply(Value x, Value h) {
    return apply(x, h, product(h));
  }

  /** The next state, with {@link #product} of the state as it was kept. */
  public Value apply(Value x, Value h, Value byState) {
    Value byInput = ofInput().apply(x);
    Value gates = byInput.slice(0, 2 * hidden).plus(byState.slice(0, 2 * hidden)).sigmoid();
    Value reset = gates.slice(0, hidden);
    Value keep = gates.slice(hidden, hidden);
    Value candidate =
        byInput
            .slice(2 * hidden, hidden)
            .plus(reset.times(byState.slice(2 * hidden, hidden)))
            .tanh();
    return candidate.plus(keep.times(h.minus(candidate)));
  }
}
