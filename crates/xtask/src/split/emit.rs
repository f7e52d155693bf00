//! The two modules, written.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, anyhow};
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{
    CodeSection, ConstExpr, ElementSection, Elements, EntityType, ExportKind, ExportSection, Function, FunctionSection, GlobalSection,
    ImportSection, Instruction, MemorySection, StartSection, TableSection, TableType, TypeSection,
};
use wasmparser::{ExternalKind, Operator};

use super::module::Module;
use super::plan::{Place, Plan};
use super::points::Kept;
use super::{Halves, data, told};

/// The namespace of what the rest takes from the first part.
const FIRST: &str = "first";
/// What is called where something is not there yet: `web/js/loader.js` gives it.
const MISSING: (&str, &str) = ("rest", "missing");

/// Writes both parts.
///
/// # Errors
///
/// When the module has something that the splitter does not know.
pub fn write(module: &Module, plan: &Plan) -> Result<Halves> {
    let rest_calls = Part::calls(module, plan, false)?;
    let shared: Vec<u32> = rest_calls.iter().copied().filter(|called| plan.place(*called) == Place::First).collect();
    let first = Part::new(module, plan, true).first(&shared)?;
    let late = plan.late.iter().map(ExactSizeIterator::len).sum();
    Ok(Halves { first, rest: Part::new(module, plan, false).rest(&rest_calls, &shared)?, late })
}

/// A part while it is written.
struct Part<'plan> {
    module: &'plan Module<'plan>,
    plan: &'plan Plan,
    /// Whether it is the first one.
    is_first: bool,
    /// The index here of each function that is called directly.
    indices: BTreeMap<u32, u32>,
    /// The index here of what says that something is missing.
    missing: u32,
    imports: ImportSection,
    functions: FunctionSection,
    code: CodeSection,
    count: u32,
}

impl Reencode for Part<'_> {
    type Error = anyhow::Error;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<anyhow::Error>> {
        self.indices.get(&function).copied().ok_or_else(|| Error::UserError(anyhow!("function {function} is not in this part")))
    }
}

impl<'plan> Part<'plan> {
    fn new(module: &'plan Module<'plan>, plan: &'plan Plan, is_first: bool) -> Self {
        let (imports, functions, code) = (ImportSection::new(), FunctionSection::new(), CodeSection::new());
        Self { module, plan, is_first, indices: BTreeMap::new(), missing: 0, imports, functions, code, count: 0 }
    }

    /// What a part calls by name.
    fn calls(module: &Module, plan: &Plan, first: bool) -> Result<BTreeSet<u32>> {
        let mut calls = BTreeSet::new();
        for (body, function) in module.bodies.iter().zip(module.imported()..) {
            if !plan.has(first, u32::try_from(function)?) {
                continue;
            }
            calls.extend(plan.kept(first, function, body)?.iter().filter_map(Kept::called));
        }
        Ok(calls)
    }

    fn signature(&self, function: u32) -> Result<u32> {
        self.module.signatures.get(function as usize).copied().context("a function without a type")
    }

    fn next(&mut self) -> u32 {
        self.count += 1;
        self.count - 1
    }

    /// What the page gives, as far as it is used here.
    fn import_used(&mut self, used: &BTreeSet<u32>) -> Result<()> {
        for (index, import) in self.module.imports.iter().enumerate() {
            let index = u32::try_from(index)?;
            if used.contains(&index) {
                self.imports.import(import.module, import.name, EntityType::Function(self.signature(index)?));
                let here = self.next();
                self.indices.insert(index, here);
            }
        }
        Ok(())
    }

    /// Gives an index to each function that this part has, and to those of the first part that are called by their places no index.
    fn declare(&mut self) -> Result<BTreeMap<u32, u32>> {
        let mut own = BTreeMap::new();
        for function in self.module.imported()..self.module.signatures.len() {
            let function = u32::try_from(function)?;
            if self.plan.has(self.is_first, function) {
                self.functions.function(self.signature(function)?);
                let here = self.next();
                own.insert(function, here);
                if !self.is_first || matches!(self.plan.place(function), Place::First | Place::Twice) {
                    self.indices.insert(function, here);
                }
            }
        }
        Ok(own)
    }

    fn types(&mut self) -> Result<TypeSection> {
        let mut section = TypeSection::new();
        for group in &self.module.types {
            self.parse_recursive_type_group(section.ty(), group.clone()).map_err(told)?;
        }
        Ok(section)
    }

    fn write_code(&mut self) -> Result<()> {
        let (module, plan) = (self.module, self.plan);
        for (body, function) in module.bodies.iter().zip(module.imported()..) {
            if plan.has(self.is_first, u32::try_from(function)?) {
                let mut written = self.new_function_with_parsed_locals(body).map_err(told)?;
                for kept in plan.kept(self.is_first, function, body)? {
                    self.operator(&mut written, kept).map_err(told)?;
                }
                self.code.function(&written);
            }
        }
        Ok(())
    }

    fn operator(&mut self, written: &mut Function, kept: Kept) -> Result<(), Error<anyhow::Error>> {
        match kept {
            Kept::Missing => {
                written.instruction(&Instruction::Call(self.missing)).instruction(&Instruction::Unreachable);
            }
            Kept::Operator(Operator::Call { function_index }) if !self.indices.contains_key(&function_index) => {
                self.by_place(written, function_index).map_err(Error::UserError)?;
            }
            Kept::Operator(operator) => {
                written.instruction(&self.instruction(operator)?);
            }
        }
        Ok(())
    }

    /// A call by the place in the table.
    fn by_place(&self, written: &mut Function, function: u32) -> Result<()> {
        let place = *self.plan.slots.get(&function).context("a function that has no place in the table")?;
        written.instruction(&Instruction::I32Const(i32::try_from(place)?));
        written.instruction(&Instruction::CallIndirect { type_index: self.signature(function)?, table_index: 0 });
        Ok(())
    }

    fn table_type(&mut self, index: usize, table: wasmparser::TableType) -> Result<TableType> {
        let mut table: TableType = Reencode::table_type(self, table).map_err(told)?;
        if index == 0 {
            table.minimum = u64::from(self.plan.length);
            table.maximum = table.maximum.map(|maximum| maximum.max(table.minimum));
        }
        Ok(table)
    }

    /// The first part: memory, tables, globals, data, the functions that are needed first, and one function for each type of those that are not
    /// there, which says so.
    fn first(mut self, shared: &[u32]) -> Result<Vec<u8>> {
        let module = self.module;
        let mut used = Self::calls(module, self.plan, true)?;
        used.extend(module.exports.iter().filter(|export| export.kind == ExternalKind::Func).map(|export| export.index));
        used.extend(module.start);
        used.extend(self.plan.table.values());
        self.import_used(&used)?;
        let mut types = self.types()?;
        types.ty().function([], []);
        self.imports.import(MISSING.0, MISSING.1, EntityType::Function(module.count_types()?));
        self.missing = self.next();
        let own = self.declare()?;
        self.write_code()?;
        let stand_ins = self.stand_ins(&own)?;
        let exports = self.exports(shared)?;
        let mut out = wasm_encoder::Module::new();
        out.section(&types).section(&self.imports).section(&self.functions).section(&self.tables()?);
        let mut memories = MemorySection::new();
        for memory in &module.memories {
            memories.memory(self.memory_type(*memory).map_err(told)?);
        }
        let mut globals = GlobalSection::new();
        for (kind, value) in &module.globals {
            let kind = self.global_type(*kind).map_err(told)?;
            globals.global(kind, &self.const_expr(value.clone()).map_err(told)?);
        }
        out.section(&memories).section(&globals).section(&exports);
        if let Some(start) = module.start {
            out.section(&StartSection { function_index: self.entry(start)? });
        }
        let here = |function: &u32| own.get(function).or_else(|| self.indices.get(function)).or_else(|| stand_ins.get(function)).copied();
        let elements = self.plan.table.iter().map(|(place, function)| Ok((*place, here(function).context("nobody stands in the table")?)));
        out.section(&segments(&elements.collect::<Result<Vec<_>>>()?)?).section(&self.code).section(&self.data()?);
        Ok(out.finish())
    }

    /// For each function of the table that is not here one that says so: one for all of a type.
    fn stand_ins(&mut self, own: &BTreeMap<u32, u32>) -> Result<BTreeMap<u32, u32>> {
        let (mut by_type, mut stand_ins) = (BTreeMap::new(), BTreeMap::new());
        for function in self.plan.table.values() {
            if own.contains_key(function) || self.indices.contains_key(function) {
                continue;
            }
            let kind = self.signature(*function)?;
            let here = match by_type.get(&kind) {
                Some(here) => *here,
                None => {
                    self.functions.function(kind);
                    let mut body = Function::new([]);
                    body.instruction(&Instruction::Call(self.missing))
                        .instruction(&Instruction::Unreachable)
                        .instruction(&Instruction::End);
                    self.code.function(&body);
                    let here = self.next();
                    by_type.insert(kind, here);
                    here
                }
            };
            stand_ins.insert(*function, here);
        }
        Ok(stand_ins)
    }

    /// The index of a function for callers outside of the modules: where it is replaced later, of one that calls it by its place.
    fn entry(&mut self, function: u32) -> Result<u32> {
        if let Some(here) = self.indices.get(&function) {
            return Ok(*here);
        }
        let kind = self.signature(function)?;
        let count = self.module.parameters(kind)?;
        let mut body = Function::new([]);
        for parameter in 0..count {
            body.instruction(&Instruction::LocalGet(parameter));
        }
        self.by_place(&mut body, function)?;
        body.instruction(&Instruction::End);
        self.functions.function(kind);
        self.code.function(&body);
        Ok(self.next())
    }

    fn tables(&mut self) -> Result<TableSection> {
        let mut section = TableSection::new();
        for (index, table) in self.module.tables.iter().enumerate() {
            section.table(self.table_type(index, *table)?);
        }
        Ok(section)
    }

    fn exports(&mut self, shared: &[u32]) -> Result<ExportSection> {
        let mut section = ExportSection::new();
        for export in &self.module.exports {
            let index = if export.kind == ExternalKind::Func { self.entry(export.index)? } else { export.index };
            section.export(export.name, self.export_kind(export.kind).map_err(told)?, index);
        }
        for (word, kind, count) in [
            ("memory-", ExportKind::Memory, self.module.memories.len()),
            ("table-", ExportKind::Table, self.module.tables.len()),
            ("global-", ExportKind::Global, self.module.globals.len()),
        ] {
            for index in 0..count {
                section.export(&format!("{word}{index}"), kind, u32::try_from(index)?);
            }
        }
        for (number, function) in shared.iter().enumerate() {
            section.export(&short(number), ExportKind::Func, self.function_index(*function).map_err(told)?);
        }
        Ok(section)
    }

    /// The data of this part.
    fn data(&self) -> Result<wasm_encoder::DataSection> {
        let mut section = wasm_encoder::DataSection::new();
        for (address, bytes) in data::image(self.module)? {
            for (address, piece) in data::pieces(address, bytes, &self.plan.late, !self.is_first)? {
                section.active(0, &ConstExpr::i32_const(address.cast_signed()), piece.iter().copied());
            }
        }
        Ok(section)
    }

    /// The rest: its functions, and everything else taken from the first part.
    fn rest(mut self, calls: &BTreeSet<u32>, shared: &[u32]) -> Result<Vec<u8>> {
        let module = self.module;
        self.import_used(calls)?;
        for (number, function) in shared.iter().enumerate() {
            self.imports.import(FIRST, &short(number), EntityType::Function(self.signature(*function)?));
            let here = self.next();
            self.indices.insert(*function, here);
        }
        for (index, memory) in module.memories.iter().enumerate() {
            let kind = self.memory_type(*memory).map_err(told)?;
            self.imports.import(FIRST, &format!("memory-{index}"), EntityType::Memory(kind));
        }
        for (index, table) in module.tables.iter().enumerate() {
            let kind = self.table_type(index, *table)?;
            self.imports.import(FIRST, &format!("table-{index}"), EntityType::Table(kind));
        }
        for (index, (kind, _)) in module.globals.iter().enumerate() {
            let kind = self.global_type(*kind).map_err(told)?;
            self.imports.import(FIRST, &format!("global-{index}"), EntityType::Global(kind));
        }
        let types = self.types()?;
        let own = self.declare()?;
        self.write_code()?;
        let placed: Vec<(u32, u32)> = self.plan.table.iter().filter_map(|(place, function)| Some((*place, *own.get(function)?))).collect();
        let mut out = wasm_encoder::Module::new();
        out.section(&types).section(&self.imports).section(&self.functions).section(&segments(&placed)?).section(&self.code);
        out.section(&self.data()?);
        Ok(out.finish())
    }
}

/// What the rest imports from the first part is numbered, so that the names are short.
fn short(number: usize) -> String {
    let digits = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let (more, last) = (number / digits.len(), number % digits.len());
    let last = digits.get(last).map_or(String::new(), |digit| char::from(*digit).to_string());
    if more == 0 { last } else { short(more) + &last }
}

/// Functions at places of the table, in as few pieces as they make.
fn segments(functions: &[(u32, u32)]) -> Result<ElementSection> {
    let mut section = ElementSection::new();
    for run in functions.chunk_by(|one, next| one.0 + 1 == next.0) {
        let Some((begin, _)) = run.first() else { continue };
        let list: Vec<u32> = run.iter().map(|(_, function)| *function).collect();
        section.active(None, &ConstExpr::i32_const(i32::try_from(*begin)?), Elements::Functions(list.into()));
    }
    Ok(section)
}
