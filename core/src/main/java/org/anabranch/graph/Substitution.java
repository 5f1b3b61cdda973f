package org.anabranch.graph;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Rewrites expressions: given values are replaced by others, and equal operations become one value.
 * What was rewritten once is remembered, so that expressions rewritten one after the other share
 * their common parts.
 */
public final class Substitution {
  private final Map<Value, Value> done = new IdentityHashMap<>();
  private final Map<Operation, Value> interned = new HashMap<>();

  /** A substitution that replaces nothing and only makes equal operations one value. */
  public Substitution() {}

  /**
   * Replaces a value wherever it occurs in what is rewritten from now on.
   *
   * @throws IllegalArgumentException if the types differ
   */
  public void replace(Value before, Value after) {
    requireSameType(before, after);
    done.put(before, apply(after));
  }

  /** As {@link #replace}, but what stands in the new value is left alone, whatever is replaced. */
  void bind(Value before, Value after) {
    requireSameType(before, after);
    done.put(before, after);
  }

  private static void requireSameType(Value before, Value after) {
    if (!before.type().equals(after.type())) {
      throw new IllegalArgumentException(
          "Substitution: %s cannot stand for %s. Give a value of the same type."
              .formatted(after.type(), before));
    }
  }

  /** The rewritten value. Iterative, since graphs may be deeper than the stack. */
  public Value apply(Value root) {
    Deque<Value> stack = new ArrayDeque<>();
    stack.push(root);
    while (!stack.isEmpty()) {
      Value value = stack.peek();
      if (done.containsKey(value) || !pushOperands(value, stack)) {
        stack.pop();
        done.computeIfAbsent(value, this::rebuild);
      }
    }
    return rewritten(root);
  }

  private Value rewritten(Value value) {
    Value result = done.get(value);
    if (result == null) {
      throw new AssertionError("operands come before " + value);
    }
    return result;
  }

  private boolean pushOperands(Value value, Deque<Value> stack) {
    boolean pushed = false;
    for (Value operand : value.operation().operands()) {
      if (!done.containsKey(operand)) {
        stack.push(operand);
        pushed = true;
      }
    }
    return pushed;
  }

  private Value rebuild(Value value) {
    Operation operation = value.operation().map(this::rewritten);
    return interned.computeIfAbsent(operation, o -> o == value.operation() ? value : Value.of(o));
  }
}
