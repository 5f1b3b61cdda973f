package org.anabranch.check;

/**
 * The tight solve that errors are measured against.
 *
 * @param solver its method and tolerance; empty if none got through
 * @param failures what came before it did not get through, a sentence each; may be empty
 */
public record Reference(String solver, String failures) {
  public boolean exists() {
    return !solver.isEmpty();
  }
}
