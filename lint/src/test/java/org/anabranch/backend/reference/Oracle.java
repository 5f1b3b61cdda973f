package org.anabranch.backend.reference;

import org.anabranch.graph.Early;

/** Keeps the order. */
public final class Oracle {
  Oracle(Early early) {}
}
