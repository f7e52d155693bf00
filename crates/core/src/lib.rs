//! The engine: placeholder until the model lands.
