package org.anabranch.train;

import java.io.Serializable;

/** Gives an opaque stage wherever it is asked; it travels there, and the stage does not. */
@FunctionalInterface
public interface StageSource extends Serializable {
  /** The stage, which a process makes once. */
  OpaqueStage stage();
}
