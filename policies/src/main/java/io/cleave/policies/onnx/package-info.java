/** ONNX files as graphs: reading, shapes, work, sub-models, and the well-known networks as ONNX. */
@NullMarked
package io.cleave.policies.onnx;

import org.jspecify.annotations.NullMarked;
