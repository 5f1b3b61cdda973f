package org.anabranch.solver;

import org.anabranch.field.Field;
import org.anabranch.graph.Graph;

/** A method whose step can be undone from its result. */
public interface ReversibleMethod extends Method {
  /**
   * {@code t, h} (of the step's <em>start</em>, so that both directions form the same times), the
   * state after the step and context to the state before it. Inner values that the step computes at
   * the same point have the same name as there; their expression must give the same bits.
   */
  Graph inverse(Field field);

  /** Whether the inverse gives the bits back, and not only the numbers up to round-off. */
  boolean bitExact();

  /**
   * The largest magnitude of a state that is restored exactly; infinite if not {@link #bitExact}.
   */
  double range();

  /**
   * How much a step back multiplies an error of the state, on a field of zeros: 1 or more.
   *
   * @param stepSize of either sign
   */
  double amplification(double stepSize);

  /**
   * The relative error that a step back adds before {@link #amplification}: 0 if {@link #bitExact},
   * else the spacing of the state's numbers, those of float32 where its precision is the working
   * one.
   */
  double roundOff();

  /**
   * Whether a step back reads the {@link HeldContext} that the step read: not where a step keeps
   * the field's value for the next one, whose context may be another.
   */
  default boolean undoesHeldContext() {
    return true;
  }
}
