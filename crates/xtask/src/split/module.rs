//! A module, read: what the splitter asks about, and the pieces that it writes again.

use anyhow::{Context, Result, bail, ensure};
use wasmparser::{
    CompositeInnerType, ConstExpr, Data, Element, ElementItems, ElementKind, Export, FunctionBody, GlobalType, Import, MemoryType, Name,
    NameSectionReader, Operator, Parser, Payload, RecGroup, TableType, TypeRef,
};

/// A module with one memory and one table of functions at most, as wasm-bindgen makes it.
#[derive(Default)]
pub struct Module<'bytes> {
    /// The types, as they stand.
    pub types: Vec<RecGroup>,
    /// The imports of functions, whose indices come first. Other imports are refused.
    pub imports: Vec<Import<'bytes>>,
    /// The type of each function, imported ones first.
    pub signatures: Vec<u32>,
    /// The tables.
    pub tables: Vec<TableType>,
    /// The memories.
    pub memories: Vec<MemoryType>,
    /// The globals with their first values.
    pub globals: Vec<(GlobalType, ConstExpr<'bytes>)>,
    /// The exports.
    pub exports: Vec<Export<'bytes>>,
    /// The function that runs when an instance is made.
    pub start: Option<u32>,
    /// The segments that fill tables.
    pub elements: Vec<Element<'bytes>>,
    /// The functions that are not imported.
    pub bodies: Vec<FunctionBody<'bytes>>,
    /// The segments that fill the memory.
    pub data: Vec<Data<'bytes>>,
    /// The name of each function, where it has one.
    pub names: Vec<Option<&'bytes str>>,
}

impl<'bytes> Module<'bytes> {
    /// Reads a module.
    ///
    /// # Errors
    ///
    /// When it is none, or has something that the splitter does not know.
    pub fn read(bytes: &'bytes [u8]) -> Result<Self> {
        let mut module = Self::default();
        let mut named = Vec::new();
        for payload in Parser::new(0).parse_all(bytes) {
            module.take(payload.context("this is no module")?, &mut named)?;
        }
        module.names = vec![None; module.signatures.len()];
        for (index, name) in named {
            if let Some(slot) = module.names.get_mut(index as usize) {
                *slot = Some(name);
            }
        }
        Ok(module)
    }

    fn take(&mut self, payload: Payload<'bytes>, named: &mut Vec<(u32, &'bytes str)>) -> Result<()> {
        match payload {
            Payload::TypeSection(section) => self.types = section.into_iter().collect::<Result<_, _>>()?,
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import?;
                    let TypeRef::Func(signature) = import.ty else { bail!("`{}` is imported and no function", import.name) };
                    self.signatures.push(signature);
                    self.imports.push(import);
                }
            }
            Payload::FunctionSection(section) => {
                for signature in section {
                    self.signatures.push(signature?);
                }
            }
            Payload::TableSection(section) => {
                for table in section {
                    self.tables.push(table?.ty);
                }
            }
            Payload::MemorySection(section) => self.memories = section.into_iter().collect::<Result<_, _>>()?,
            Payload::GlobalSection(section) => {
                for global in section {
                    let global = global?;
                    self.globals.push((global.ty, global.init_expr));
                }
            }
            Payload::ExportSection(section) => self.exports = section.into_iter().collect::<Result<_, _>>()?,
            Payload::StartSection { func, .. } => self.start = Some(func),
            Payload::ElementSection(section) => self.elements = section.into_iter().collect::<Result<_, _>>()?,
            Payload::CodeSectionEntry(body) => self.bodies.push(body),
            Payload::DataSection(section) => self.data = section.into_iter().collect::<Result<_, _>>()?,
            Payload::TagSection(_) => bail!("the module has exceptions of its own"),
            Payload::CustomSection(section) if section.name() == "name" => {
                let reader = NameSectionReader::new(wasmparser::BinaryReader::new(section.data(), section.data_offset()));
                for subsection in reader {
                    let Name::Function(map) = subsection? else { continue };
                    for naming in map {
                        let naming = naming?;
                        named.push((naming.index, naming.name));
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// How many functions are imported: the index of the first one that is not.
    pub fn imported(&self) -> usize {
        self.imports.len()
    }

    /// The code of a function, unless it is imported.
    pub fn body(&self, function: usize) -> Option<&FunctionBody<'bytes>> {
        self.bodies.get(function.checked_sub(self.imported())?)
    }

    /// The types, one by one.
    fn kinds(&self) -> impl Iterator<Item = &wasmparser::SubType> {
        self.types.iter().flat_map(|group| group.types())
    }

    /// How many types there are.
    ///
    /// # Errors
    ///
    /// When there are more than can be counted.
    pub fn count_types(&self) -> Result<u32> {
        Ok(u32::try_from(self.kinds().count())?)
    }

    /// How many parameters a function of this type has.
    ///
    /// # Errors
    ///
    /// When it is no type of a function.
    pub fn parameters(&self, kind: u32) -> Result<u32> {
        let kind = self.kinds().nth(kind as usize).context("a type that there is not")?;
        let CompositeInnerType::Func(function) = &kind.composite_type.inner else { bail!("a type that is none of a function") };
        Ok(u32::try_from(function.params().len())?)
    }

    /// The functions that stand in the one table of functions, by their places in it.
    ///
    /// # Errors
    ///
    /// When a segment is of a kind that the splitter does not know.
    pub fn slots(&self) -> Result<Vec<(u32, u32)>> {
        let mut slots = Vec::new();
        for element in &self.elements {
            let ElementKind::Active { table_index, offset_expr } = &element.kind else {
                bail!("a segment of the table that is filled later")
            };
            ensure!(table_index.unwrap_or(0) == 0, "a segment of another table than the first");
            let mut operators = offset_expr.get_operators_reader();
            let Operator::I32Const { value } = operators.read()? else { bail!("a segment of the table whose place is not a number") };
            let ElementItems::Functions(functions) = &element.items else { bail!("a segment of the table that is no list of functions") };
            for (place, function) in functions.clone().into_iter().enumerate() {
                slots.push((u32::try_from(value)? + u32::try_from(place)?, function?));
            }
        }
        Ok(slots)
    }
}
