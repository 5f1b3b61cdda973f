package org.anabranch.field;

/** Is a drawer. */
final class ShapeUtils {}
