//! The top bar: the brand, the scene, whether it is saved, undo and redo, the theme, help.

use crate::glyph::{Icon, glyph, glyph_sized};
use crate::menu::{Does, Entry, Menu};
use crate::platform::media;
use crate::platform::overlay::{self, Place};
use crate::store::{Dialog, Dispatch, Msg, Saved, Theme};
use crate::words::{Key, say};
use eni_playground::session::SceneView;
use std::rc::Rc;
use yew::prelude::*;

/// What the bar shows.
#[derive(Clone, PartialEq, Properties)]
pub struct TopBarProps {
    /// The name of what is open.
    pub title: AttrValue,
    /// What was here before, if something else was opened.
    pub way_back: Option<AttrValue>,
    /// The scenes that come with the page.
    pub scenes: Rc<Vec<SceneView>>,
    /// How the saving goes.
    pub saved: Saved,
    /// "Undo: …", if there is something to take back.
    pub undo: Option<AttrValue>,
    /// "Redo: …".
    pub redo: Option<AttrValue>,
    /// The name of the theme that the page wears.
    pub theme: &'static str,
    /// Where what is done here goes.
    pub send: Dispatch,
}

/// What happens in the bar itself.
pub enum Message {
    /// The menu of scenes opens.
    Open,
    /// It closes.
    Close,
    /// Something of it was picked.
    Picked(Choice),
}

/// What the menu of scenes offers.
#[derive(Clone, Debug, PartialEq)]
pub enum Choice {
    /// A scene that comes with the page.
    Scene(String),
    /// Files of the learner.
    Files,
    /// A folder of the learner.
    Folder,
    /// The document as a file.
    Download,
    /// The network as a script of commands.
    Script,
    /// The last packets as a capture.
    Capture,
    /// Another title.
    Retitle,
    /// What was opened, from its beginning.
    Reset,
    /// What was here before.
    Back,
    /// Another theme.
    Theme(Theme),
}

/// The bar.
pub struct TopBar {
    button: NodeRef,
    menu: Option<Place>,
}

impl Component for TopBar {
    type Message = Message;
    type Properties = TopBarProps;

    fn create(_: &Context<Self>) -> Self {
        TopBar { button: NodeRef::default(), menu: None }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Open => self.menu = Some(overlay::place_of(&self.button)),
            Message::Close => self.menu = None,
            Message::Picked(choice) => {
                self.menu = None;
                ctx.props().send.emit(match choice {
                    Choice::Scene(id) => Msg::OpenScene(id),
                    Choice::Files => Msg::OpenImport(false),
                    Choice::Folder => Msg::OpenImport(true),
                    Choice::Download => Msg::Download,
                    Choice::Script => Msg::DownloadScript,
                    Choice::Capture => Msg::DownloadCapture(String::new()),
                    Choice::Retitle => Msg::OpenDialog(Dialog::Form { id: "title:".to_owned() }),
                    Choice::Reset => Msg::Reset,
                    Choice::Back => Msg::GoBack,
                    Choice::Theme(theme) => Msg::Theme(theme),
                });
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        html! {
            <div class="top">
                <div class="brand">{ glyph(Icon::Eni) }<span>{ say(Key::Brand) }</span></div>
                <i class="vr" />
                <button ref={&self.button} type="button" class="btn scene" aria-haspopup="menu" aria-expanded={self.menu.is_some().to_string()}
                    onclick={ctx.link().callback(|_: MouseEvent| Message::Open)}>
                    <span>{ &props.title }</span>{ glyph_sized(Icon::Down, "s") }
                </button>
                { saved(props.saved, &props.send) }
                <span class="gap" />
                { history(Icon::Undo, props.undo.clone(), Key::NothingToUndo, props.send.reform(|_| Msg::Undo)) }
                { history(Icon::Redo, props.redo.clone(), Key::NothingToRedo, props.send.reform(|_| Msg::Redo)) }
                <i class="vr" />
                { themes(props) }
                <button type="button" class="btn sq" aria-label={say(Key::Help)} title={say(Key::Help)} onclick={props.send.reform(|_| Msg::OpenDialog(Dialog::Help))}>
                    { glyph(Icon::Help) }
                </button>
                { self.scenes(ctx) }
            </div>
        }
    }
}

impl TopBar {
    fn scenes(&self, ctx: &Context<Self>) -> Html {
        let Some(place) = self.menu else { return Html::default() };
        let scene = |view: &SceneView| {
            Entry::new(Icon::Vpc, view.title.clone(), Does::Pick(Choice::Scene(view.id.to_owned()))).noted(view.summary.clone())
        };
        let mut entries: Vec<Entry<Choice>> = ctx.props().scenes.iter().map(scene).collect();
        entries.push(Entry::new(Icon::Sheet, say(Key::OpenFile), Does::Pick(Choice::Files)).noted(say(Key::OpenFileNote)));
        entries.push(Entry::new(Icon::Folder, say(Key::OpenFolder), Does::Pick(Choice::Folder)).noted(say(Key::OpenFolderNote)));
        entries.push(Entry::new(Icon::Download, say(Key::Download), Does::Pick(Choice::Download)).noted(say(Key::DownloadNote)));
        entries.push(Entry::new(Icon::Instance, say(Key::DownloadScript), Does::Pick(Choice::Script)).noted(say(Key::DownloadScriptNote)));
        entries.push(Entry::new(Icon::Send, say(Key::DownloadCapture), Does::Pick(Choice::Capture)).noted(say(Key::DownloadCaptureNote)));
        entries.push(Entry::new(Icon::List, say(Key::Retitle), Does::Pick(Choice::Retitle)).noted(say(Key::RetitleNote)));
        entries.push(Entry::new(Icon::Restart, say(Key::Reset), Does::Pick(Choice::Reset)).noted(say(Key::ResetNote)));
        let back = ctx.props().way_back.as_ref();
        entries.extend(
            back.map(|title| Entry::new(Icon::Undo, say(Key::WayBack { title }), Does::Pick(Choice::Back)).noted(say(Key::WayBackNote))),
        );
        // A narrow bar has no room for the themes.
        let others = THEMES.into_iter().filter(|(theme, ..)| media::narrow() && theme.name() != ctx.props().theme);
        entries
            .extend(others.map(|(theme, icon, key)| Entry::new(icon, say(key), Does::Pick(Choice::Theme(theme))).noted(say(Key::Theme))));
        html! {
            <Menu<Choice> name={say(Key::Scenes)} entries={Rc::<[Entry<Choice>]>::from(entries)} place={Some(place)}
                on_pick={ctx.link().callback(Message::Picked)} on_close={ctx.link().callback(|()| Message::Close)} />
        }
    }
}

fn saved(state: Saved, send: &Dispatch) -> Html {
    let (class, icon, text) = match state {
        Saved::OnDevice => ("saved", Icon::Tick, say(Key::SavedHere)),
        Saved::NotYet => ("saved", Icon::Hourglass, say(Key::Saving)),
        Saved::Off => ("saved", Icon::Warn, say(Key::NotKept)),
        Saved::Refused => ("saved refused", Icon::Warn, say(Key::MayNotStore)),
        Saved::Elsewhere => ("saved refused", Icon::Warn, say(Key::KeptByOther)),
    };
    // Where there is no room for the words, pressing the glyph says them.
    let pressed = if state == Saved::Elsewhere { Msg::OfferKeeping } else { Msg::Notice(text.clone()) };
    html! {
        <span role="status">
            <button type="button" {class} title={text.clone()} onclick={send.reform(move |_: MouseEvent| pressed.clone())}>
                { glyph_sized(icon, "xs") }<span>{ text }</span>
            </button>
        </span>
    }
}

fn history(icon: Icon, text: Option<AttrValue>, nothing: Key, onclick: Callback<MouseEvent>) -> Html {
    let disabled = text.is_none();
    let text = text.unwrap_or_else(|| say(nothing).into());
    html! { <button type="button" class="btn sq" aria-label={&text} title={&text} {disabled} {onclick}>{ glyph(icon) }</button> }
}

const THEMES: [(Theme, Icon, Key<'static>); 3] = [
    (Theme::Light, Icon::Sun, Key::ThemeLight),
    (Theme::Dark, Icon::Moon, Key::ThemeDark),
    (Theme::Projector, Icon::Projector, Key::ThemeProjector),
];

fn themes(props: &TopBarProps) -> Html {
    html! {
        <div class="seg" role="group" aria-label={say(Key::Theme)}>
            { for THEMES.into_iter().map(|(theme, icon, key)| html! {
                <button type="button" aria-pressed={(props.theme == theme.name()).to_string()} aria-label={say(key)} title={say(key)}
                    onclick={props.send.reform(move |_: MouseEvent| Msg::Theme(theme))}>{ glyph_sized(icon, "s") }</button>
            }) }
        </div>
    }
}
