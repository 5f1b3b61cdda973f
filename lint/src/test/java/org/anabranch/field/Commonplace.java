package org.anabranch.field;

/** Is no drawer, though its name begins like one. */
final class Commonplace {}
