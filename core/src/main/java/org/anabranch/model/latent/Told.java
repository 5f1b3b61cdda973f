package org.anabranch.model.latent;

import java.util.List;
import org.anabranch.backend.Buffer;

/**
 * What an encoder says of each time, and where the cotangents of it come from.
 *
 * @param context of each time, the first to the last: [rows × context]
 * @param cotangents of it
 */
record Told(List<Buffer> context, List<Buffer> cotangents) {
  Told {
    context = List.copyOf(context);
    cotangents = List.copyOf(cotangents);
  }
}
