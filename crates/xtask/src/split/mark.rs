//! A module that remembers where it has been: the recording behind the plan.

use anyhow::{Context, Result};
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    CodeSection, ConstExpr, ExportKind, ExportSection, GlobalSection, GlobalType, Instruction, MemArg, MemoryType, ValType,
};

use super::module::Module;
use super::points;

/// The exported global that says where in the memory the marks stand, one byte for each point.
const MARKS: &str = "marks";
/// The exported global that says how many there are.
const COUNT: &str = "marks-count";
/// The size of a page of memory.
const PAGE: u64 = 65536;

struct Marker {
    /// Where the next mark stands.
    next: u64,
    /// Where the marks begin: behind what the memory is made with. What the engine asks for later comes after them.
    begin: u64,
    count: u64,
    globals: u32,
}

impl Reencode for Marker {
    type Error = anyhow::Error;

    fn memory_type(&mut self, memory: wasmparser::MemoryType) -> Result<MemoryType, Error<anyhow::Error>> {
        let mut memory = utils::memory_type(self, memory);
        memory.minimum += self.count.div_ceil(PAGE);
        memory.maximum = memory.maximum.map(|maximum| maximum.max(memory.minimum));
        Ok(memory)
    }

    fn parse_global_section(
        &mut self,
        globals: &mut GlobalSection,
        section: wasmparser::GlobalSectionReader<'_>,
    ) -> Result<(), Error<anyhow::Error>> {
        utils::parse_global_section(self, globals, section)?;
        for value in [self.begin, self.count] {
            let value = i32::try_from(value).map_err(|error| Error::UserError(error.into()))?;
            globals.global(GlobalType { val_type: ValType::I32, mutable: false, shared: false }, &ConstExpr::i32_const(value));
        }
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: wasmparser::ExportSectionReader<'_>,
    ) -> Result<(), Error<anyhow::Error>> {
        utils::parse_export_section(self, exports, section)?;
        exports.export(MARKS, ExportKind::Global, self.globals);
        exports.export(COUNT, ExportKind::Global, self.globals + 1);
        Ok(())
    }

    fn parse_function_body(&mut self, code: &mut CodeSection, body: wasmparser::FunctionBody<'_>) -> Result<(), Error<anyhow::Error>> {
        let mut function = self.new_function_with_parsed_locals(&body)?;
        for step in points::steps(&body).map_err(Error::UserError)? {
            if step.point {
                function.instruction(&Instruction::I32Const(0)).instruction(&Instruction::I32Const(1));
                function.instruction(&Instruction::I32Store8(MemArg { offset: self.next, align: 0, memory_index: 0 }));
                self.next += 1;
            }
            function.instruction(&self.instruction(step.operator)?);
        }
        code.function(&function);
        Ok(())
    }
}

/// The module with more memory, in which each point leaves a mark at its own place when it is passed.
///
/// # Errors
///
/// When the module cannot be read, or has no memory.
pub fn mark(bytes: &[u8]) -> Result<Vec<u8>> {
    let module = Module::read(bytes)?;
    let begin = module.memories.first().context("the module has no memory")?.initial * PAGE;
    let mut count = 0;
    for body in &module.bodies {
        count += u64::try_from(points::count(body)?)?;
    }
    let mut marker = Marker { next: begin, begin, count, globals: u32::try_from(module.globals.len())? };
    let mut out = wasm_encoder::Module::new();
    marker.parse_core_module(&mut out, wasmparser::Parser::new(0), bytes).map_err(super::told)?;
    Ok(out.finish())
}
