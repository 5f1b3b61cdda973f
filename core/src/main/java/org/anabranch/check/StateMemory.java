package org.anabranch.check;

import org.anabranch.field.Field;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Type;

/**
 * The bytes of all states of a solve.
 *
 * @param field that is solved
 * @param blockSize samples that are solved together
 * @param single whether the working precision is float32
 */
record StateMemory(Field field, int blockSize, boolean single) {
  long of(WorkRow row) {
    Graph init = row.method().init(field);
    long bytes = 0;
    for (String part : row.method().state()) {
      Type type = init.output(part).type();
      bytes += (long) type.shape().size() * (single && !type.isWide() ? 4 : 8);
    }
    return (long) Math.ceil(row.steps()) * blockSize * bytes;
  }
}
