package org.anabranch.nn;

import java.util.Map;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;

/** A part of a network: it declares parameters and builds an expression that reads them. */
public interface Layer {
  /** The shapes of its parameters by name, in the order of the parameter vector. */
  Map<String, Shape> parameters();

  /** The layer applied to a vector for each sample. */
  Value apply(Value x);
}
