package org.anabranch.spark.data;

import java.io.Serializable;

/**
 * The folder that sample identities are relative to: the folder that was named, the parent of the
 * file that was named, or the parent of the first component with a wildcard.
 *
 * @param qualified as Hadoop writes it, with scheme
 * @param shown as the user wrote it; empty for the working folder
 */
record Root(String qualified, String shown) implements Serializable {
  /** The part of a qualified path below this root. */
  String relative(String path) {
    String prefix = qualified.endsWith("/") ? qualified : qualified + "/";
    if (!path.startsWith(prefix)) {
      throw new AssertionError("Root: '%s' is not below '%s'.".formatted(path, qualified));
    }
    return path.substring(prefix.length());
  }

  /** A qualified path as the user would open it. */
  String shown(String path) {
    String relative = relative(path);
    return shown.isEmpty() || shown.endsWith("/") ? shown + relative : shown + "/" + relative;
  }
}
