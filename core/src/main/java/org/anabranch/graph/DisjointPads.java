package org.anabranch.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * The sum of vectors padded with zeros at different places, as the slices of one vector leave in a
 * cotangent, is one concatenation: [x, 0] + [0, y] = [x + 0, 0 + y]. The zeros are added still, as
 * −0 + 0 is 0; where a part is never −0, {@link NeutralOperand} drops them.
 */
final class DisjointPads implements Rule {
  @Override
  public Value rewrite(Value value) {
    if (!(value.operation() instanceof Operation.Binary sum)
        || sum.function() != BinaryFunction.ADD
        || !(sum.a().operation() instanceof Operation.Concatenate a)
        || !(sum.b().operation() instanceof Operation.Concatenate b)) {
      return value;
    }
    List<Value> parts = new ArrayList<>();
    Reader left = new Reader(a.parts());
    Reader right = new Reader(b.parts());
    while (left.hasNext()) {
      if (left.isZero() && right.remaining() <= left.remaining()) {
        take(right, left, parts);
      } else if (right.isZero() && left.remaining() <= right.remaining()) {
        take(left, right, parts);
      } else {
        return value;
      }
    }
    Value joined = Value.concatenate(parts);
    return joined.type().equals(value.type()) ? joined : value;
  }

  /** Takes the next part, or the rest of one that is zero, which lies over zeros of the other. */
  private static void take(Reader part, Reader zeros, List<Value> parts) {
    int size = part.remaining();
    parts.add(part.isZero() ? Value.zeros(Shape.vector(size)) : part.whole().plus(0));
    part.skip(size);
    zeros.skip(size);
  }

  /** Goes through the parts of a concatenation, zeros piece by piece, others as a whole. */
  private static final class Reader {
    private final List<Value> parts;
    private int part;
    private int done;

    Reader(List<Value> parts) {
      this.parts = parts;
    }

    boolean hasNext() {
      return part < parts.size();
    }

    boolean isZero() {
      return Uniform.is(parts.get(part), 0.0);
    }

    int remaining() {
      return parts.get(part).type().shape().size() - done;
    }

    /** A part that is not zero, of which nothing was skipped. */
    Value whole() {
      return parts.get(part);
    }

    void skip(int count) {
      done += count;
      if (remaining() == 0) {
        part++;
        done = 0;
      }
    }
  }
}
